// Lock the revisions until the transaction ends: every write raises one as its last statement, so that all writers wait.
// params: none
MATCH (revision:Revision)
SET revision._lock = true
REMOVE revision._lock
RETURN count(revision) AS held
