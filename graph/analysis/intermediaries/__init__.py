"""Key intermediaries: profiles of ranks, and who is on the Pareto front of them."""
