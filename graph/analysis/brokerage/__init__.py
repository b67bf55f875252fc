"""Who goes between groups or separate contacts: brokerage roles, chance, structural holes."""
