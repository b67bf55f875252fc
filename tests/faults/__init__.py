"""Faults between a write and its answer: connections, databases, services and disks that fail on purpose."""
