// Tie reports without exactly one stakeholder at each end and one source.
// params: limit
MATCH (n:TieReport)
WHERE NOT (COUNT { (n)-[:FROM]->(:Stakeholder) } = 1 AND COUNT { (n)-[:TO]->(:Stakeholder) } = 1
  AND COUNT { (n)-[:SAID_BY]->(:Source) } = 1)
RETURN 'TieReport' AS kind, n.id AS id, '' AS detail LIMIT $limit
