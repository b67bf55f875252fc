// The next ties of one stakeholder in the order of their ids on which there is a report that the viewer may see; kind
// null means any.
// params: stakeholder_id, after, kind, limit, clearance
MATCH (stakeholder:Stakeholder {id: $stakeholder_id})<-[:FROM|TO]-(report)
USING INDEX SEEK stakeholder:Stakeholder(id)
WHERE stakeholder.sensitivity <= $clearance
  AND report.tie_id > $after
  AND report.sensitivity <= $clearance
  AND ($kind IS NULL OR report.kind = $kind)
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
MATCH (report)-[:FROM|TO]->(other)
WHERE other <> stakeholder AND other.sensitivity <= $clearance
RETURN DISTINCT report.tie_id AS tie_id
ORDER BY tie_id
LIMIT $limit
