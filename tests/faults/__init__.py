"""What goes wrong between a write and its answer: lines, databases, services and disks that fail on purpose."""
