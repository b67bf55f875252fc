// The ties of these stakeholders on which there is a report that the viewer may see, up to a limit.
// params: stakeholder_ids, limit, clearance
UNWIND $stakeholder_ids AS stakeholder_id
MATCH (stakeholder:Stakeholder {id: stakeholder_id})<-[:FROM|TO]-(report)
USING INDEX SEEK stakeholder:Stakeholder(id)
WHERE stakeholder.sensitivity <= $clearance AND report.sensitivity <= $clearance
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
WITH DISTINCT report.tie_id AS tie_id
LIMIT $limit
RETURN collect(tie_id) AS tie_ids
