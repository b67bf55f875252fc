// Records with a word that the registry does not have.
// params: vocabulary, limit
MATCH (n)
WITH n, head([label IN labels(n) WHERE label IN keys($vocabulary)]) AS kind
WITH n, kind, [name IN keys($vocabulary[kind]) WHERE n[name] IS NOT NULL AND NOT n[name] IN $vocabulary[kind][name]] AS unknown
WHERE size(unknown) > 0
RETURN kind, coalesce(n.id, elementId(n)) AS id, reduce(all = '', name IN unknown | all + name + ' ') AS detail LIMIT $limit
