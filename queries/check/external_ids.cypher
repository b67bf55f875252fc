// External ids that identify nothing, or more than one record.
// params: limit
MATCH (n:ExternalId)
WHERE COUNT { (n)-[:IDENTIFIES]->() } <> 1
RETURN 'ExternalId' AS kind, n.key AS id, '' AS detail LIMIT $limit
