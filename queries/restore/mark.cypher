// Mark the database as incomplete, in the way that keeps every version of this program from using it.
// params: unfinished, at
MERGE (mark:Migration {version: $unfinished})
SET mark.checksum = '', mark.applied_at = $at, mark.number = 0
