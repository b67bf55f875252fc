"""Compiled kernels: the measures that cost most, over a network held as compressed sparse rows.

They know numbers, not stakeholders: nodes are 0 … n − 1 and results are arrays by node. ``rows`` is the form of a
network, ``network_x`` lets NetworkX call the kernels under the backend name ``stakeholder_graph``. Importing this
package starts neither numba nor NetworkX.
"""
