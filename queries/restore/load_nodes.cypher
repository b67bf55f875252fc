// Keep nodes as they were, with what other systems call them, linked to nothing else.
// params: rows
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(n))
