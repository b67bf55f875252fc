"""An operator's work on the whole database: archives, checks, rebuilt ties, restores."""
