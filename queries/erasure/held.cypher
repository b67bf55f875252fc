// How many tie reports and activities refer to a stakeholder whom the viewer may see: of those that the viewer may see, the
// reports, those current and those retracted, the ties of the current ones, the activities, and those of them in which the
// viewer sees no other participant.
// params: id, clearance
MATCH (s:Stakeholder {id: $id})
USING INDEX SEEK s:Stakeholder(id)
WHERE s.sensitivity <= $clearance
WITH s, s.version AS version
CALL (s) {
  MATCH (s)<-[:FROM|TO]-(report)
  WHERE report.sensitivity <= $clearance
  MATCH (report)-[:SAID_BY]->(source)
  WHERE source.sensitivity <= $clearance
  MATCH (report)-[:FROM|TO]->(end)
  WITH report, max(end.sensitivity) AS highest
  WHERE highest <= $clearance
  RETURN
    count(CASE WHEN report.retracted_at IS NULL THEN 1 END) AS current,
    count(report.retracted_at) AS retracted,
    count(DISTINCT CASE WHEN report.retracted_at IS NULL THEN report.tie_id END) AS ties
}
CALL (s) {
  MATCH (s)-[:CARRIES_OUT]->(activity)
  WHERE activity.sensitivity <= $clearance
  WITH DISTINCT s, activity, EXISTS {
    MATCH (other)-[:CARRIES_OUT]->(activity)
    WHERE other.id <> s.id AND other.sensitivity <= $clearance
  } AS shared
  RETURN count(activity) AS activities, count(CASE WHEN NOT shared THEN 1 END) AS alone
}
RETURN version, current, retracted, ties, activities, alone
