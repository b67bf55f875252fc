// The stakeholders after one id, at full clearance, with all their links except ties: for an operator's archive.
// params: after, limit
MATCH (n:Stakeholder)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  labels: labels(n),
  properties: properties(n),
  keys: COLLECT { MATCH (external:ExternalId)-[:IDENTIFIES]->(n) RETURN external.key },
  areas: COLLECT { MATCH (n)-[:BASED_IN]->(area:Area) RETURN area.id },
  sectors: COLLECT { MATCH (n)-[:WORKS_IN]->(sector:Sector) RETURN sector.id }
} AS row
