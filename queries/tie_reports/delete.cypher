// Retract a tie report that is still at the version given: it stays, and no longer counts from this instant on.
// params: id, version, at, by, clearance
MATCH (report:TieReport {id: $id})
SET report._lock = true
REMOVE report._lock
WITH report
WHERE report.version = $version AND report.retracted_at IS NULL AND report.sensitivity <= $clearance
MATCH (report)-[:FROM|TO|SAID_BY]->(linked)
WITH report, max(linked.sensitivity) AS around
WHERE around <= $clearance
SET report.retracted_at = $at, report.updated_at = $at, report.updated_by = $by, report.version = report.version + 1
RETURN
  report.id AS id,
  report.tie_id AS tie_id,
  false AS referenced,
  CASE WHEN report.sensitivity > around THEN report.sensitivity ELSE around END AS shows_from
