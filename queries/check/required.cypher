// Records without a property that every one of their kind has.
// params: required, limit
MATCH (n)
WITH n, head([label IN labels(n) WHERE label IN keys($required)]) AS kind
WITH n, kind, [name IN $required[kind] WHERE n[name] IS NULL] AS missing
WHERE size(missing) > 0
RETURN kind, coalesce(n.id, elementId(n)) AS id, reduce(all = '', name IN missing | all + name + ' ') AS detail LIMIT $limit
