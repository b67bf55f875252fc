// The names of the uniqueness constraints that are there.
// params: none
SHOW CONSTRAINTS YIELD name
RETURN collect(name) AS names
