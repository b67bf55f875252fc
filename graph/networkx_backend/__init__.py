"""What lets NetworkX call the kernels. No answer of ours needs it."""
