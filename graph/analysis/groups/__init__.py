"""Groups of stakeholders: sets of key players, group betweenness, a given team."""
