// Records with an external id that no ExternalId node assigns to them.
// params: kinds, limit
MATCH (n)
WITH n, head([label IN labels(n) WHERE label IN $kinds]) AS kind
UNWIND n.external_ids AS external_id
WITH n, kind, external_id
WHERE kind IS NOT NULL AND NOT EXISTS { ({key: kind + '|' + external_id})-[:IDENTIFIES]->(n) }
RETURN kind, n.id AS id, external_id AS detail LIMIT $limit
