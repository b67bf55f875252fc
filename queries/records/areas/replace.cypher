// Change areas that are still at the version given. The lock is taken before the version is looked at; a link to a
// parent that the actor cannot see stays.
// params: rows, stamp, clearance
UNWIND $rows AS row
MATCH (a:Area {id: row.id})
SET a._lock = true
REMOVE a._lock
WITH a, row
WHERE a.version = row.version AND a.sensitivity <= $clearance
WITH a, row, a.sensitivity AS before
SET a += row.properties, a += $stamp
WITH a, row, before
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
  MATCH (a)-[link:PART_OF]->(linked)
  WHERE linked.sensitivity <= $clearance
  DELETE link
}
CALL (a, row) {
  MATCH (parent:Area {id: row.parent_id})
  WHERE parent.sensitivity <= $clearance
  CREATE (a)-[:PART_OF]->(parent)
}
RETURN collect({
  id: a.id,
  shows_from: CASE WHEN a.sensitivity < before THEN a.sensitivity ELSE before END,
  linked: COUNT {
    MATCH (a)-[:PART_OF]->(linked)
    WHERE linked.sensitivity <= $clearance
  }
}) AS written
