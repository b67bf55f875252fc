// Delete nodes without relationships, a bounded number at a time, except those of the schema.
// params: limit
MATCH (n)
WHERE NOT n:Keeper AND NOT n:Migration AND NOT n:Revision
WITH n LIMIT $limit
DELETE n
RETURN count(n) AS cleared
