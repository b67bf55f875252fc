// The ties on which these sources reported, and their ends, at full clearance.
// params: source_ids
UNWIND $source_ids AS source_id
MATCH (source:Source {id: source_id})<-[:SAID_BY]-(report)-[:FROM|TO]->(stakeholder)
USING INDEX SEEK source:Source(id)
RETURN collect(DISTINCT report.tie_id) AS tie_ids, collect(DISTINCT stakeholder.id) AS stakeholder_ids
