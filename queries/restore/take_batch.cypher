// Note that a batch is loaded in this transaction, or find that it has been loaded: fresh is false then.
// params: unfinished, number
MATCH (mark:Migration {version: $unfinished})
SET mark._lock = true
REMOVE mark._lock
WITH mark, mark.number < $number AS fresh
SET mark.number = $number
RETURN fresh
