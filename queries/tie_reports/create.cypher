// Keep new tie reports, each joined to those of its stakeholders and its source that the actor may see; linked says how
// many.
// params: rows, stamp, clearance
UNWIND $rows AS row
CREATE (report:TieReport)
SET report = row.properties, report += $stamp,
  report.recorded_at = datetime(row.recorded_at),
  report.retracted_at = datetime(row.retracted_at)
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(report))
WITH report, row
OPTIONAL MATCH (start:Stakeholder {id: row.from_id})
WHERE start.sensitivity <= $clearance
OPTIONAL MATCH (finish:Stakeholder {id: row.to_id})
WHERE finish.sensitivity <= $clearance
OPTIONAL MATCH (source:Source {id: row.source_id})
WHERE source.sensitivity <= $clearance
FOREACH (there IN CASE WHEN start IS NULL THEN [] ELSE [start] END | CREATE (report)-[:FROM]->(there))
FOREACH (there IN CASE WHEN finish IS NULL THEN [] ELSE [finish] END | CREATE (report)-[:TO]->(there))
FOREACH (there IN CASE WHEN source IS NULL THEN [] ELSE [source] END | CREATE (report)-[:SAID_BY]->(there))
WITH report, [there IN [start, finish, source] WHERE there IS NOT NULL] AS linked
RETURN
  report.id AS id,
  report.tie_id AS tie_id,
  size(linked) AS linked,
  reduce(most = report.sensitivity, there IN linked | CASE WHEN there.sensitivity > most THEN there.sensitivity ELSE most END)
    AS shows_from
