// Store new stakeholders with the label of their category, linked to those of their area and sectors that the actor may
// see; linked says how many.
// params: rows, stamp, clearance
UNWIND $rows AS row
CREATE (s:Stakeholder:$(row.label))
SET s = row.properties, s += $stamp
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(s))
WITH s, row
CALL (s, row) {
  MATCH (area:Area {id: row.area_id})
  WHERE area.sensitivity <= $clearance
  CREATE (s)-[:BASED_IN]->(area)
}
CALL (s, row) {
  UNWIND row.sector_ids AS sector_id
  MATCH (sector:Sector {id: sector_id})
  WHERE sector.sensitivity <= $clearance
  CREATE (s)-[:WORKS_IN]->(sector)
}
RETURN collect({
  id: s.id,
  shows_from: s.sensitivity,
  linked: CASE WHEN row.area_id IS NULL AND row.sector_ids = [] THEN 0 ELSE COUNT {
    MATCH (s)-[:BASED_IN|WORKS_IN]->(linked)
    WHERE linked.sensitivity <= $clearance
  } END
}) AS written
