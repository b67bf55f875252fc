// Create activities as archived, with their links to participants, areas and sectors, which exist.
// params: rows
UNWIND $rows AS row
CREATE (n:Activity)
SET n = row.properties
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(n))
WITH n, row
CALL (n, row) {
  UNWIND row.participants AS participant
  MATCH (s:Stakeholder {id: participant.id})
  CREATE (s)-[part:CARRIES_OUT]->(n)
  SET part = participant.part
}
CALL (n, row) {
  UNWIND row.areas AS area_id
  MATCH (area:Area {id: area_id})
  CREATE (n)-[:IN]->(area)
}
CALL (n, row) {
  UNWIND row.sectors AS sector_id
  MATCH (sector:Sector {id: sector_id})
  CREATE (n)-[:FOR]->(sector)
}
