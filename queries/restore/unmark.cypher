// Open the database: what was restored is whole. Its revisions begin at a number that no network was ever kept under.
// params: unfinished, number
MATCH (mark:Migration {version: $unfinished})
DELETE mark
WITH count(mark) AS marks
MATCH (revision:Revision)
SET revision.number = CASE WHEN revision.number < $number THEN $number ELSE revision.number + 1 END
