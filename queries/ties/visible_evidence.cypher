// The reports on these ties that the viewer may see, retracted ones included, one list a column.
// params: tie_ids, clearance
UNWIND $tie_ids AS tie_id
MATCH (report:TieReport {tie_id: tie_id})
USING INDEX SEEK report:TieReport(tie_id)
WHERE report.sensitivity <= $clearance
WITH report, report.id AS report_id
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
MATCH (report)-[:FROM]->(start)
WHERE start.sensitivity <= $clearance
MATCH (report)-[:TO]->(finish)
WHERE finish.sensitivity <= $clearance
WITH collect(report) AS reports, collect(report_id) AS report_id, collect(source) AS sources,
  collect(start.id) AS from_id, collect(finish.id) AS to_id
RETURN
  from_id,
  to_id,
  [report IN reports | report.tie_id] AS tie_id,
  report_id,
  [report IN reports | report.kind] AS kind,
  [report IN reports | report.presence] AS presence,
  [report IN reports | report.strength] AS strength,
  [report IN reports | report.trust] AS trust,
  [report IN reports | report.sign] AS sign,
  [report IN reports | report.credibility] AS credibility,
  [report IN reports | toString(report.valid_from)] AS valid_from,
  [report IN reports | toString(report.valid_to)] AS valid_to,
  [report IN reports | toString(report.observed_on)] AS observed_on,
  [report IN reports | toString(report.recorded_at)] AS recorded_at,
  [report IN reports | toString(report.retracted_at)] AS retracted_at,
  [report IN reports | report.sensitivity] AS report_sensitivity,
  [source IN sources | source.id] AS source_id,
  [source IN sources | source.origin_group] AS origin_group,
  [source IN sources | source.reliability] AS reliability,
  [source IN sources | source.sensitivity] AS source_sensitivity
