// How many tie reports and activities refer to a stakeholder, at full clearance: for the decision whether it can be
// erased, never for a reader.
// params: id
MATCH (s:Stakeholder {id: $id})
USING INDEX SEEK s:Stakeholder(id)
RETURN
  COUNT { (s)<-[:FROM|TO]-() } AS reports,
  COUNT { MATCH (s)-[:CARRIES_OUT]->(activity) RETURN DISTINCT activity } AS activities
