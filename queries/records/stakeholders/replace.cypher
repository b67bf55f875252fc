// Change stakeholders that are still at the version given. The lock is taken before the version is looked at; links to
// what the actor cannot see stay.
// params: rows, stamp, clearance
UNWIND $rows AS row
MATCH (s:Stakeholder {id: row.id})
SET s._lock = true
REMOVE s._lock
WITH s, row
WHERE s.version = row.version AND s.sensitivity <= $clearance
WITH s, row, s.sensitivity AS before
SET s += row.properties, s += $stamp
REMOVE s:$([label IN labels(s) WHERE label <> 'Stakeholder'])
SET s:$(row.label)
WITH s, row, before
CALL (s, row) {
  MATCH (gone)-[:IDENTIFIES]->(s)
  WHERE NOT gone.key IN row.keys
  DETACH DELETE gone
}
CALL (s, row) {
  UNWIND row.keys AS key
  WITH key WHERE NOT EXISTS { ({key: key})-[:IDENTIFIES]->(s) }
  CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(s)
}
CALL (s) {
  MATCH (s)-[link:BASED_IN|WORKS_IN]->(linked)
  WHERE linked.sensitivity <= $clearance
  DELETE link
}
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
  shows_from: CASE WHEN s.sensitivity < before THEN s.sensitivity ELSE before END,
  linked: COUNT {
    MATCH (s)-[:BASED_IN|WORKS_IN]->(linked)
    WHERE linked.sensitivity <= $clearance
  }
}) AS written
