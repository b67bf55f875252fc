"""The questions a user can ask; command line, API and pages call these and nothing else."""
