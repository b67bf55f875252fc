"""How fast the answers come, beside what a user would otherwise take, in one run that also compares the values."""
