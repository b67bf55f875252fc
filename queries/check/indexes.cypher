// The indexes that exist, those of constraints too, and the state of each.
// params: none
SHOW INDEXES YIELD name, state
RETURN name, state
