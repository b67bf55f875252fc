"""The NetworkX backend, which runs NetworkX functions on the kernels. No answer of the service needs it."""
