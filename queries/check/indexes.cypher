// The names of the indexes that are there and ready.
// params: none
SHOW INDEXES YIELD name, state
WHERE state = 'ONLINE'
RETURN collect(name) AS names
