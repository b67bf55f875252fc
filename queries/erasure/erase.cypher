// Erase a stakeholder whom the writer has locked, with all reports on its ties, its materialised ties, its participations
// in activities, and the external ids of it and the reports.
// params: id
MATCH (s:Stakeholder {id: $id})
USING INDEX SEEK s:Stakeholder(id)
WITH s, s.sensitivity AS shows_from
CALL (s) {
  MATCH (s)<-[:FROM|TO]-(report)
  WITH DISTINCT report
  OPTIONAL MATCH (external)-[:IDENTIFIES]->(report)
  WITH report, collect(external) AS externals
  FOREACH (external IN externals | DETACH DELETE external)
  DETACH DELETE report
}
CALL (s) {
  OPTIONAL MATCH (external)-[:IDENTIFIES]->(s)
  WITH collect(external) AS externals
  FOREACH (external IN externals | DETACH DELETE external)
}
DETACH DELETE s
RETURN shows_from
