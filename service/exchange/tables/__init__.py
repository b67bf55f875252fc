"""Bytes somebody sent → tables of text cells. Every file is taken to be hostile until it has been checked."""
