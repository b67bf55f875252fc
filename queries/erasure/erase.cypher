// Erase a stakeholder whom the writer holds, with all reports on its ties, these ties as they are drawn, its parts in
// activities, and what other systems call it and the reports.
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
