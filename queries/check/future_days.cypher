// Tie reports, not retracted, that were observed, recorded or hold from after the latest day that can have been observed.
// params: latest, limit
MATCH (n:TieReport)
WHERE n.retracted_at IS NULL
WITH n, [name IN ['observed_on', 'valid_from', 'recorded_at'] WHERE n[name] IS NOT NULL AND date(n[name]) > $latest] AS ahead
WHERE size(ahead) > 0
RETURN 'TieReport' AS kind, n.id AS id, reduce(all = '', name IN ahead | all + name + ' ') AS detail LIMIT $limit
