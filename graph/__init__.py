"""What a stakeholder network is, and what can be said of it. Knows no database, no HTTP, no picture."""
