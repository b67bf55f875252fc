// Keep new sources.
// params: rows
UNWIND $rows AS row
CREATE (s:Source)
SET s = row.properties
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(s))
RETURN s.id AS id, s.sensitivity AS shows_from, 0 AS linked
