"""Ties: folded from reports, materialised as relationships, read for a viewer."""
