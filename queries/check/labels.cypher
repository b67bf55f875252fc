// Nodes with none of our labels.
// params: labels, limit
MATCH (n)
WHERE NOT any(label IN labels(n) WHERE label IN $labels)
RETURN head(labels(n)) AS kind, elementId(n) AS id, '' AS detail LIMIT $limit
