// Open the database: what was restored is whole.
// params: unfinished
MATCH (mark:Migration {version: $unfinished})
DELETE mark
