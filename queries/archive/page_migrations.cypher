// The schema files that were applied, after one version, without the mark of a restore under way.
// params: after, limit, unfinished
MATCH (n:Migration)
WHERE n.version > $after AND n.version <> $unfinished
WITH n ORDER BY n.version LIMIT $limit
RETURN n.version AS after, {properties: properties(n)} AS row
