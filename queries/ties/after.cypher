// The next ties in the order of their ids on which there is a report that the viewer may see; kind null means any.
// params: after, kind, limit, clearance
MATCH (report:TieReport)
USING INDEX SEEK report:TieReport(tie_id)
WHERE report.tie_id > $after
  AND report.sensitivity <= $clearance
  AND ($kind IS NULL OR report.kind = $kind)
WITH report ORDER BY report.tie_id
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
MATCH (report)-[:FROM]->(start)
WHERE start.sensitivity <= $clearance
MATCH (report)-[:TO]->(finish)
WHERE finish.sensitivity <= $clearance
RETURN DISTINCT report.tie_id AS tie_id
ORDER BY tie_id
LIMIT $limit
