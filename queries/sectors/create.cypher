// Keep new sectors.
// params: rows, stamp
UNWIND $rows AS row
CREATE (s:Sector)
SET s = row.properties, s += $stamp
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(s))
RETURN s.id AS id, s.sensitivity AS shows_from, 0 AS linked
