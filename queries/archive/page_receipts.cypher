// The receipts of writes after one key: with them in an archive, a retry is known even after a restore.
// params: after, limit
MATCH (n:Receipt)
WHERE n.key > $after
WITH n ORDER BY n.key LIMIT $limit
RETURN n.key AS after, {labels: labels(n), properties: properties(n), keys: []} AS row
