"""Uploaded bytes → tables of text cells. Every file is treated as hostile until it has been checked."""
