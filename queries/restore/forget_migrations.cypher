// Forget which schema files were applied, but for the mark of the restore under way: the archive knows its own.
// params: unfinished
MATCH (n:Migration)
WHERE n.version <> $unfinished
DELETE n
