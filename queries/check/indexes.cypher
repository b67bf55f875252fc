// The indexes that are there, those of constraints too, and whether each is at work.
// params: none
SHOW INDEXES YIELD name, state
RETURN name, state
