"""How fast the answers are, compared with the alternatives a user has, in one run that also compares the values."""
