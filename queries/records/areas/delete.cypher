// Delete an area that is still at the version given; referenced says that others refer to it; then the
// transaction must be rolled back.
// params: id, version, clearance
MATCH (a:Area {id: $id})
SET a._lock = true
REMOVE a._lock
WITH a
WHERE a.version = $version AND a.sensitivity <= $clearance
WITH a, a.id AS id, a.sensitivity AS shows_from, EXISTS { (a)<-[:BASED_IN|IN|PART_OF]-() } AS referenced
OPTIONAL MATCH (external:ExternalId)-[:IDENTIFIES]->(a)
OPTIONAL MATCH (a)-[own:PART_OF]->()
WITH a, id, shows_from, referenced, collect(DISTINCT own) AS owned, collect(DISTINCT external) AS externals
FOREACH (own IN owned | DELETE own)
FOREACH (external IN externals | DETACH DELETE external)
DELETE a
RETURN id, shows_from, referenced
