// The next ties after one id on which there are reports, retracted ones included, and their ends, at full clearance.
// params: after, limit
MATCH (report:TieReport)
WHERE report.tie_id > $after
WITH DISTINCT report.tie_id AS tie_id ORDER BY tie_id LIMIT $limit
WITH collect(tie_id) AS tie_ids
CALL (tie_ids) {
  UNWIND tie_ids AS tie_id
  MATCH (report:TieReport {tie_id: tie_id})-[:FROM|TO]->(stakeholder)
  USING INDEX SEEK report:TieReport(tie_id)
  RETURN collect(DISTINCT stakeholder.id) AS stakeholder_ids
}
RETURN tie_ids, stakeholder_ids
