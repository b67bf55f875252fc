// The tie reports with these ids that the viewer may see: the report, its source and both its stakeholders.
// params: ids, clearance
UNWIND $ids AS id
MATCH (report:TieReport {id: id})
USING INDEX SEEK report:TieReport(id)
WHERE report.sensitivity <= $clearance
WITH report, report.id AS id
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
MATCH (report)-[:FROM]->(start)
WHERE start.sensitivity <= $clearance
MATCH (report)-[:TO]->(finish)
WHERE finish.sensitivity <= $clearance
RETURN report {.*, from_id: start.id, to_id: finish.id, source_id: source.id} AS record
ORDER BY id
