// Change activities that are still at the version given and have a participant the actor may see. The lock is taken
// before the version is looked at; links to what the actor cannot see stay.
// params: rows, stamp, clearance
UNWIND $rows AS row
MATCH (a:Activity {id: row.id})
SET a._lock = true
REMOVE a._lock
WITH a, row
WHERE a.version = row.version AND a.sensitivity <= $clearance
  AND EXISTS {
    MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a)
    WHERE s.sensitivity <= $clearance
  }
WITH a, row, a.sensitivity AS before, COLLECT { MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a) RETURN min(s.sensitivity) }[0] AS lowest_before
SET a += row.properties, a += $stamp
WITH a, row, CASE WHEN lowest_before > before THEN lowest_before ELSE before END AS showed_from
CALL (a, row) {
  MATCH (gone)-[:IDENTIFIES]->(a)
  WHERE NOT gone.key IN row.keys
  DETACH DELETE gone
}
CALL (a, row) {
  UNWIND row.keys AS key
  WITH key WHERE NOT EXISTS { ({key: key})-[:IDENTIFIES]->(a) }
  CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(a)
}
CALL (a) {
  MATCH (a)-[link:CARRIES_OUT|IN|FOR]-(linked)
  WHERE linked.sensitivity <= $clearance
  DELETE link
}
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
WITH a, showed_from, COLLECT { MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a) RETURN min(s.sensitivity) }[0] AS lowest
WITH a, showed_from, CASE WHEN lowest > a.sensitivity THEN lowest ELSE a.sensitivity END AS shows_now
RETURN collect({
  id: a.id,
  shows_from: CASE WHEN shows_now < showed_from THEN shows_now ELSE showed_from END,
  linked: COUNT {
    MATCH (a)-[:CARRIES_OUT|IN|FOR]-(linked)
    WHERE linked.sensitivity <= $clearance
  }
}) AS written
