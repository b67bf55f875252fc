// Create nodes as archived, with their external ids and no other links.
// params: rows
UNWIND $rows AS row
CREATE (n:$(row.labels))
SET n = row.properties
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(n))
