// Store new areas, each linked to its parent if the actor may see that; linked says how many are.
// params: rows, stamp, clearance
UNWIND $rows AS row
CREATE (a:Area)
SET a = row.properties, a += $stamp
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(a))
WITH a, row
CALL (a, row) {
  MATCH (parent:Area {id: row.parent_id})
  WHERE parent.sensitivity <= $clearance
  CREATE (a)-[:PART_OF]->(parent)
}
RETURN collect({
  id: a.id,
  shows_from: a.sensitivity,
  linked: COUNT {
    MATCH (a)-[:PART_OF]->(linked)
    WHERE linked.sensitivity <= $clearance
  }
}) AS written
