// The areas after one id that lie within others, with those, whoever may see them: for an operator's archive.
// params: after, limit
MATCH (n:Area)
WHERE n.id > $after AND EXISTS { (n)-[:PART_OF]->(:Area) }
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  id: n.id,
  parents: COLLECT { MATCH (n)-[:PART_OF]->(parent:Area) RETURN parent.id }
} AS row
