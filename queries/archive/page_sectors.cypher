// The sectors after one id, at full clearance, with their external ids: for an operator's archive.
// params: after, limit
MATCH (n:Sector)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  labels: labels(n),
  properties: properties(n),
  keys: COLLECT { MATCH (external:ExternalId)-[:IDENTIFIES]->(n) RETURN external.key }
} AS row
