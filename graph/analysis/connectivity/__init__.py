"""What holds the network together: articulation points and bridges, and those whom their loss would cut off."""
