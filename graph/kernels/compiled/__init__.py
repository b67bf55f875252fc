"""Compiled functions over bare arrays. Importing a module here compiles it, or reads it from disk: see ``compiling``.

In all of them ``start`` and ``ends`` are compressed sparse rows: the ties of node ``v`` lead to
``ends[start[v]:start[v + 1]]``; a position in ``ends`` is called a slot.
"""
