// Store new activities, linked to those of their participants, area and sector that the actor may see; linked says how
// many. An activity is visible from the lowest sensitivity of its participants upwards, or its own if that is higher.
// params: rows, stamp, clearance
UNWIND $rows AS row
CREATE (a:Activity)
SET a = row.properties, a += $stamp
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(a))
WITH a, row
CALL (a, row) {
  UNWIND row.participants AS participant
  MATCH (s:Stakeholder {id: participant.stakeholder_id})
  WHERE s.sensitivity <= $clearance
  CREATE (s)-[:CARRIES_OUT {role: participant.role}]->(a)
}
CALL (a, row) {
  MATCH (area:Area {id: row.area_id})
  WHERE area.sensitivity <= $clearance
  CREATE (a)-[:IN]->(area)
}
CALL (a, row) {
  MATCH (sector:Sector {id: row.sector_id})
  WHERE sector.sensitivity <= $clearance
  CREATE (a)-[:FOR]->(sector)
}
WITH a, COLLECT { MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a) RETURN min(s.sensitivity) }[0] AS lowest
RETURN collect({
  id: a.id,
  shows_from: CASE WHEN lowest > a.sensitivity THEN lowest ELSE a.sensitivity END,
  linked: COUNT {
    MATCH (a)-[:CARRIES_OUT|IN|FOR]-(linked)
    WHERE linked.sensitivity <= $clearance
  }
}) AS written
