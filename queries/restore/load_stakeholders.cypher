// Create stakeholders as archived, with their links to areas and sectors, which exist.
// params: rows
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(n))
WITH n, row
CALL (n, row) {
  UNWIND row.areas AS area_id
  MATCH (area:Area {id: area_id})
  CREATE (n)-[:BASED_IN]->(area)
}
CALL (n, row) {
  UNWIND row.sectors AS sector_id
  MATCH (sector:Sector {id: sector_id})
  CREATE (n)-[:WORKS_IN]->(sector)
}
