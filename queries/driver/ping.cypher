// Ask for a sign of life.
// params: none
RETURN 1 AS alive
