"""Records into the network that every analysis uses: ties by the column, arcs, edges, surroundings."""
