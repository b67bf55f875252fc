// Keep new sources.
// params: rows, stamp
UNWIND $rows AS row
CREATE (s:Source)
SET s = row.properties, s += $stamp
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(s))
RETURN s.id AS id, s.sensitivity AS shows_from, 0 AS linked
