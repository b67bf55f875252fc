// Hold the revisions until the transaction ends: every write raises one as its last act, so that all of them wait here.
// params: none
MATCH (revision:Revision)
SET revision._lock = true
REMOVE revision._lock
RETURN count(revision) AS held
