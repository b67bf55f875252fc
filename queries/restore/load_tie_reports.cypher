// Create tie reports as archived, linked to their stakeholders and sources, which exist.
// params: rows
UNWIND $rows AS row
CREATE (n:TieReport)
SET n = row.properties
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(n))
WITH n, row
CALL (n, row) {
  UNWIND row.starts AS start_id
  MATCH (start:Stakeholder {id: start_id})
  CREATE (n)-[:FROM]->(start)
}
CALL (n, row) {
  UNWIND row.finishes AS finish_id
  MATCH (finish:Stakeholder {id: finish_id})
  CREATE (n)-[:TO]->(finish)
}
CALL (n, row) {
  UNWIND row.sources AS source_id
  MATCH (source:Source {id: source_id})
  CREATE (n)-[:SAID_BY]->(source)
}
