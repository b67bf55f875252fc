// Store new sources.
// params: rows, stamp
UNWIND $rows AS row
CREATE (s:Source)
SET s = row.properties, s += $stamp
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(s))
RETURN collect({id: s.id, shows_from: s.sensitivity, linked: 0}) AS written
