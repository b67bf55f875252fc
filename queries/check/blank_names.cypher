// Records with a name, title or code that holds invisible characters alone; a property may hold one text or several.
// params: names, blank, limit
MATCH (n)
WITH n, head([label IN labels(n) WHERE label IN keys($names)]) AS kind
WITH n, kind, [name IN $names[kind] WHERE any(text IN [] + n[name] WHERE text =~ $blank)] AS unseen
WHERE size(unseen) > 0
RETURN kind, coalesce(n.id, elementId(n)) AS id, reduce(all = '', name IN unseen | all + name + ' ') AS detail LIMIT $limit
