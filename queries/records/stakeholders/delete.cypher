// Delete a stakeholder that is still at the version given; referenced says that others refer to it; then the
// transaction must be rolled back.
// params: id, version, clearance
MATCH (s:Stakeholder {id: $id})
SET s._lock = true
REMOVE s._lock
WITH s
WHERE s.version = $version AND s.sensitivity <= $clearance
WITH s, s.id AS id, s.sensitivity AS shows_from, EXISTS { (s)<-[:FROM|TO]-() } OR EXISTS { (s)-[:CARRIES_OUT]->() } AS referenced
OPTIONAL MATCH (external:ExternalId)-[:IDENTIFIES]->(s)
OPTIONAL MATCH (s)-[own:BASED_IN|WORKS_IN]->()
WITH s, id, shows_from, referenced, collect(DISTINCT own) AS owned, collect(DISTINCT external) AS externals
FOREACH (own IN owned | DELETE own)
FOREACH (external IN externals | DETACH DELETE external)
DELETE s
RETURN id, shows_from, referenced
