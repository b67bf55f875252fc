"""How a stakeholder network looks: network in, text of a page out. Knows no web framework and no database."""
