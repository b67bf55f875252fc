// Records whose sensitivity is none of the four.
// params: limit
MATCH (n)
WHERE n.sensitivity IS NOT NULL AND NOT n.sensitivity IN [0, 1, 2, 3]
RETURN head(labels(n)) AS kind, n.id AS id, toStringOrNull(n.sensitivity) AS detail LIMIT $limit
