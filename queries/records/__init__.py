"""One kind of record a folder, and what all kinds share: the base class, mapping, refusals, search."""
