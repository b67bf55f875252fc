// Delete a sector that is still at the version given; referenced says that others refer to it; then the
// transaction must be rolled back.
// params: id, version, clearance
MATCH (s:Sector {id: $id})
SET s._lock = true
REMOVE s._lock
WITH s
WHERE s.version = $version AND s.sensitivity <= $clearance
WITH s, s.id AS id, s.sensitivity AS shows_from, EXISTS { (s)<-[:WORKS_IN|FOR]-() } AS referenced
OPTIONAL MATCH (external:ExternalId)-[:IDENTIFIES]->(s)
WITH s, id, shows_from, referenced, collect(DISTINCT external) AS externals
FOREACH (external IN externals | DETACH DELETE external)
DELETE s
RETURN id, shows_from, referenced
