// The names of the uniqueness constraints that exist.
// params: none
SHOW CONSTRAINTS YIELD name
RETURN collect(name) AS names
