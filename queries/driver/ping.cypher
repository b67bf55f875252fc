// Check that the database answers.
// params: none
RETURN 1 AS alive
