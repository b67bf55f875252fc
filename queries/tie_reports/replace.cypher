// Change tie reports that are still at the version given. The lock is taken before the version is looked at. External ids
// never change.
// params: rows, stamp, clearance
UNWIND $rows AS row
MATCH (report:TieReport {id: row.id})
SET report._lock = true
REMOVE report._lock
WITH report, row
WHERE report.version = row.version AND report.sensitivity <= $clearance
MATCH (report)-[:FROM|TO|SAID_BY]->(linked)
WITH report, row, count(linked) AS linked, max(linked.sensitivity) AS around, report.sensitivity AS before
WHERE around <= $clearance
SET report += row.properties, report += $stamp
WITH report, linked, around, CASE WHEN report.sensitivity < before THEN report.sensitivity ELSE before END AS lower
RETURN collect({
  id: report.id,
  tie_id: report.tie_id,
  linked: linked,
  shows_from: CASE WHEN lower > around THEN lower ELSE around END
}) AS written
