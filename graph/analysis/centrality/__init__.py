"""Measures of one stakeholder or one tie by itself, and the answers that rank by them."""
