// Tie reports, none of them retracted, that were seen or recorded or hold from later than the last day that can have been seen.
// params: latest, limit
MATCH (n:TieReport)
WHERE n.retracted_at IS NULL
WITH n, [name IN ['observed_on', 'valid_from', 'recorded_at'] WHERE n[name] IS NOT NULL AND date(n[name]) > $latest] AS ahead
WHERE size(ahead) > 0
RETURN 'TieReport' AS kind, n.id AS id, reduce(all = '', name IN ahead | all + name + ' ') AS detail LIMIT $limit
