"""Compiled kernels: the costliest measures, on a network as compressed sparse rows.

They know numbers, not stakeholders: nodes are 0 … n − 1 and results are arrays by node. ``adjacency`` is the
form of a network; ``graph.networkx_backend`` lets NetworkX call the kernels. Importing this package starts neither
numba nor NetworkX.
"""
