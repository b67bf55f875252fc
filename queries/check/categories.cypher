// Stakeholders of an unknown category, or whose second label is not that of their category.
// params: labels, limit
MATCH (n:Stakeholder)
WHERE n.category IS NOT NULL AND NOT coalesce(size(labels(n)) = 2 AND $labels[n.category] IN labels(n), false)
RETURN 'Stakeholder' AS kind, n.id AS id, n.category + ' / ' + head([label IN labels(n) WHERE label <> 'Stakeholder']) AS detail
LIMIT $limit
