// Delete an activity that is still at the version given and has a participant the actor may see, with all its links.
// params: id, version, clearance
MATCH (a:Activity {id: $id})
SET a._lock = true
REMOVE a._lock
WITH a
WHERE a.version = $version AND a.sensitivity <= $clearance
  AND EXISTS {
    MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a)
    WHERE s.sensitivity <= $clearance
  }
WITH a, a.id AS id, a.sensitivity AS own, COLLECT { MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a) RETURN min(s.sensitivity) }[0] AS lowest
OPTIONAL MATCH (external:ExternalId)-[:IDENTIFIES]->(a)
OPTIONAL MATCH (a)-[link:CARRIES_OUT|IN|FOR]-()
WITH a, id, own, lowest, collect(DISTINCT external) AS externals, collect(DISTINCT link) AS links
FOREACH (link IN links | DELETE link)
FOREACH (external IN externals | DETACH DELETE external)
DELETE a
RETURN id, CASE WHEN lowest > own THEN lowest ELSE own END AS shows_from, false AS referenced
