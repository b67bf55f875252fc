// How many records of each kind the viewer may see. Retracted reports do not count; a tie counts if it has any other
// report, on whatever day.
// params: clearance
CALL () {
  MATCH (report:TieReport)
  WHERE report.retracted_at IS NULL AND report.sensitivity <= $clearance
  MATCH (report)-[:SAID_BY]->(source)
  WHERE source.sensitivity <= $clearance
  MATCH (report)-[:FROM]->(start)
  WHERE start.sensitivity <= $clearance
  MATCH (report)-[:TO]->(finish)
  WHERE finish.sensitivity <= $clearance
  RETURN count(report) AS tie_reports, count(DISTINCT report.tie_id) AS ties
}
RETURN
  COUNT { MATCH (record:Stakeholder) WHERE record.sensitivity <= $clearance } AS stakeholders,
  COUNT { MATCH (record:Source) WHERE record.sensitivity <= $clearance } AS sources,
  tie_reports,
  ties,
  COUNT { MATCH (record:Area) WHERE record.sensitivity <= $clearance } AS areas,
  COUNT { MATCH (record:Sector) WHERE record.sensitivity <= $clearance } AS sectors,
  COUNT {
    MATCH (record:Activity)
    WHERE record.sensitivity <= $clearance AND EXISTS {
      MATCH (stakeholder:Stakeholder)-[:CARRIES_OUT]->(record)
      WHERE stakeholder.sensitivity <= $clearance
    }
  } AS activities
