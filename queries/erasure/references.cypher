// The tie reports, retracted ones too, and the activities that refer to a stakeholder, after one id, in the order of ids,
// of those that the viewer may see.
// params: id, after, limit, clearance
MATCH (s:Stakeholder {id: $id})
USING INDEX SEEK s:Stakeholder(id)
WHERE s.sensitivity <= $clearance
WITH s, s.id AS stakeholder_id
CALL (s) {
  MATCH (s)<-[:FROM|TO]-(report)
  WHERE report.id > $after AND report.sensitivity <= $clearance
  MATCH (report)-[:SAID_BY]->(source)
  WHERE source.sensitivity <= $clearance
  MATCH (report)-[:FROM|TO]->(end)
  WITH report, max(end.sensitivity) AS around
  WHERE around <= $clearance
  RETURN 'TieReport' AS kind, report.id AS id, report.retracted_at AS retracted_at
  UNION
  MATCH (s)-[:CARRIES_OUT]->(activity)
  WHERE activity.id > $after AND activity.sensitivity <= $clearance
  RETURN 'Activity' AS kind, activity.id AS id, null AS retracted_at
}
RETURN kind, id, retracted_at
ORDER BY id
LIMIT $limit
