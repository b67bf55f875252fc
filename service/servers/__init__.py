"""The servers the application runs on, how each ends, and the work in the background."""
