"""What can be said of a stakeholder network: pure functions, one question a module, frozen results with a sentence."""
