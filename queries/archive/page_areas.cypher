// The areas after one id, at full clearance, with their external ids: for an operator's archive. Their parents are
// archived separately.
// params: after, limit
MATCH (n:Area)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  labels: labels(n),
  properties: properties(n),
  keys: COLLECT { MATCH (external:ExternalId)-[:IDENTIFIES]->(n) RETURN external.key }
} AS row
