"""What several stakeholders do together: sets of key players, group betweenness, a given team."""
