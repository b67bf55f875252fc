// The same page as page.cypher, starting from one stakeholder: far fewer reports to read.
// params: after, limit, clearance, kind, tie_id, source_id, stakeholder_id
MATCH (stakeholder:Stakeholder {id: $stakeholder_id})<-[:FROM|TO]-(report)
USING INDEX SEEK stakeholder:Stakeholder(id)
WHERE report.id > $after
  AND report.retracted_at IS NULL
  AND report.sensitivity <= $clearance
  AND ($kind IS NULL OR report.kind = $kind)
  AND ($tie_id IS NULL OR report.tie_id = $tie_id)
WITH report ORDER BY report.id
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
  AND ($source_id IS NULL OR source.id = $source_id)
MATCH (report)-[:FROM]->(start)
WHERE start.sensitivity <= $clearance
MATCH (report)-[:TO]->(finish)
WHERE finish.sensitivity <= $clearance
  AND ($stakeholder_id IS NULL OR $stakeholder_id IN [start.id, finish.id])
RETURN report.id AS id
ORDER BY id
LIMIT $limit
