"""Ties: folded from reports, drawn as relationships, read for a viewer."""
