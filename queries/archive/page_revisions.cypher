// The revisions after one clearance.
// params: after, limit
MATCH (n:Revision)
WHERE n.clearance > $after
WITH n ORDER BY n.clearance LIMIT $limit
RETURN n.clearance AS after, {properties: properties(n)} AS row
