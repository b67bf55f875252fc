// Create tie reports, each linked to its stakeholders and its source, which the writer has locked. A row names these by
// their positions in the lists of ids, so that each is looked up once. If one does not exist, no report is created.
// params: rows, stamp, stakeholder_ids, source_ids
CALL () {
  UNWIND range(0, size($stakeholder_ids) - 1) AS position
  MATCH (stakeholder:Stakeholder {id: $stakeholder_ids[position]})
  WITH stakeholder ORDER BY position
  RETURN collect(stakeholder) AS stakeholders
}
CALL () {
  UNWIND range(0, size($source_ids) - 1) AS position
  MATCH (source:Source {id: $source_ids[position]})
  WITH source ORDER BY position
  RETURN collect(source) AS sources
}
WITH stakeholders, sources
WHERE size(stakeholders) = size($stakeholder_ids) AND size(sources) = size($source_ids)
UNWIND $rows AS row
WITH row, stakeholders[row.start] AS start, stakeholders[row.finish] AS finish, sources[row.source] AS source
CREATE (start)<-[:FROM]-(report:TieReport)-[:TO]->(finish), (report)-[:SAID_BY]->(source)
SET report = row.properties, report += $stamp,
  report.recorded_at = datetime(row.recorded_at),
  report.retracted_at = datetime(row.retracted_at)
FOREACH (key IN row.keys | CREATE (:ExternalId {key: key})-[:IDENTIFIES]->(report))
RETURN count(report) AS created
