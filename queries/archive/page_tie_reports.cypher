// The tie reports after one id, the retracted ones too, at full clearance: for an operator's archive.
// params: after, limit
MATCH (n:TieReport)
WHERE n.id > $after
WITH n ORDER BY n.id LIMIT $limit
RETURN n.id AS after, {
  labels: labels(n),
  properties: properties(n),
  keys: COLLECT { MATCH (external:ExternalId)-[:IDENTIFIES]->(n) RETURN external.key },
  starts: COLLECT { MATCH (n)-[:FROM]->(start:Stakeholder) RETURN start.id },
  finishes: COLLECT { MATCH (n)-[:TO]->(finish:Stakeholder) RETURN finish.id },
  sources: COLLECT { MATCH (n)-[:SAID_BY]->(source:Source) RETURN source.id }
} AS row
