// Change sources that are still at the version given; grade_changed says that the ties on which they reported
// must be rebuilt. The lock is taken before the version is looked at.
// params: rows, stamp, clearance
UNWIND $rows AS row
MATCH (s:Source {id: row.id})
SET s._lock = true
REMOVE s._lock
WITH s, row
WHERE s.version = row.version AND s.sensitivity <= $clearance
WITH s, row, s.sensitivity AS before,
  s.reliability <> row.properties.reliability
    OR s.origin_group <> row.properties.origin_group
    OR s.sensitivity <> row.properties.sensitivity AS grade_changed
SET s += row.properties, s += $stamp
WITH s, row, before, grade_changed
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
RETURN collect({
  id: s.id,
  grade_changed: grade_changed,
  shows_from: CASE WHEN s.sensitivity < before THEN s.sensitivity ELSE before END,
  linked: 0
}) AS written
