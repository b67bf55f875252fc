// The areas after one id, whoever may see them, with what other systems call them: for an operator's archive. What they
// lie within comes by itself.
// params: after, limit
MATCH (n:Area)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  labels: labels(n),
  properties: properties(n),
  keys: COLLECT { MATCH (external:ExternalId)-[:IDENTIFIES]->(n) RETURN external.key }
} AS row
