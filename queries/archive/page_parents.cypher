// The areas with parents after one id, and these parents, at full clearance: for an operator's archive.
// params: after, limit
MATCH (n:Area)
WHERE n.id > $after AND EXISTS { (n)-[:PART_OF]->(:Area) }
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  id: n.id,
  parents: COLLECT { MATCH (n)-[:PART_OF]->(parent:Area) RETURN parent.id }
} AS row
