"""What holds the network together: articulation points and bridges, and what their loss cuts off."""
