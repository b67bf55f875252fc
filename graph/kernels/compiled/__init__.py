"""Compiled functions over bare arrays. Importing a module here compiles it, or reads it from disk: see ``compiling``.

In all of them ``offsets`` and ``neighbours`` are compressed sparse rows: the ties of node ``v`` lead to
``neighbours[offsets[v]:offsets[v + 1]]``; a position in ``neighbours`` is called an edge.
"""
