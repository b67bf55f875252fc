"""The network that every analysis uses, built from records: tie table, arcs, edges, surroundings."""
