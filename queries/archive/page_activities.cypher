// The activities after one id, at full clearance, with all participants: for an operator's archive.
// params: after, limit
MATCH (n:Activity)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  labels: labels(n),
  properties: properties(n),
  keys: COLLECT { MATCH (external:ExternalId)-[:IDENTIFIES]->(n) RETURN external.key },
  areas: COLLECT { MATCH (n)-[:IN]->(area:Area) RETURN area.id },
  sectors: COLLECT { MATCH (n)-[:FOR]->(sector:Sector) RETURN sector.id },
  participants: COLLECT {
    MATCH (participant:Stakeholder)-[part:CARRIES_OUT]->(n)
    RETURN {id: participant.id, part: properties(part)}
  }
} AS row
