// Delete the record of applied schema files, except the mark of the restore under way: the archive has its own.
// params: unfinished
MATCH (n:Migration)
WHERE n.version <> $unfinished
DELETE n
