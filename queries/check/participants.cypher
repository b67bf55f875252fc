// Activities without participants.
// params: limit
MATCH (n:Activity)
WHERE NOT EXISTS { (:Stakeholder)-[:CARRIES_OUT]->(n) }
RETURN 'Activity' AS kind, n.id AS id, '' AS detail LIMIT $limit
