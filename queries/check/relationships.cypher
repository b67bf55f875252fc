// Relationships that no record of ours has: an unknown kind, or between nodes that it never joins.
// params: shapes, types, limit
MATCH (first)-[r]->(second)
WHERE NOT (type(r) IN $types AND first:Stakeholder AND second:Stakeholder)
  AND NOT any(shape IN $shapes WHERE type(r) = shape[1] AND shape[0] IN labels(first) AND shape[2] IN labels(second))
RETURN type(r) AS kind, coalesce(r.id, elementId(r)) AS id, '' AS detail LIMIT $limit
