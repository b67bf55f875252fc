// Areas that lie within themselves.
// params: limit
MATCH (n:Area)
WHERE EXISTS { MATCH (n) ((:Area)-[:PART_OF]->(:Area)){1,20} (n) }
RETURN 'Area' AS kind, n.id AS id, '' AS detail LIMIT $limit
