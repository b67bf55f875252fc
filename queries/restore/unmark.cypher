// Open the database: the restore is complete. Its revisions begin at a number under which no network was ever held.
// params: unfinished, number
MATCH (mark:Migration {version: $unfinished})
DELETE mark
WITH count(mark) AS marks
MATCH (revision:Revision)
SET revision.number = CASE WHEN revision.number < $number THEN $number ELSE revision.number + 1 END
