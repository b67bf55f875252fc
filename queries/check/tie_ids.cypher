// The next ties after one id on which there is a report of a kind that we know.
// params: after, limit, kinds
MATCH (report:TieReport)
WHERE report.tie_id > $after AND report.kind IN $kinds
RETURN DISTINCT report.tie_id AS tie_id ORDER BY tie_id LIMIT $limit
