"""How influence can travel: shortest routes, the steps of each, and what is out of reach."""
