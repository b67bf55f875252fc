// The sources, the stakeholders and the ties of all reports on a stakeholder, at full clearance: for the locks and the
// change log entry of an erasure, never for a reader.
// params: id
MATCH (s:Stakeholder {id: $id})<-[:FROM|TO]-(report)
USING INDEX SEEK s:Stakeholder(id)
WITH report ORDER BY report.id
MATCH (report)-[:FROM]->(start)
MATCH (report)-[:TO]->(finish)
MATCH (report)-[:SAID_BY]->(source)
RETURN
  collect(DISTINCT source.id) AS source_ids,
  collect(DISTINCT start.id) + collect(DISTINCT finish.id) AS stakeholder_ids,
  collect(DISTINCT [report.kind, start.id, finish.id]) AS ties
