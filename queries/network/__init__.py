"""The whole network at once, for analysis and maps."""
