// The stakeholders with these ids, each with the area and the sectors that the viewer may see. Where two areas are
// linked, because the actor who set one could not see the other, the more sensitive one counts.
// params: ids, clearance
UNWIND $ids AS id
MATCH (s:Stakeholder {id: id})
WHERE s.sensitivity <= $clearance
RETURN s {
  .*,
  area_id: head(COLLECT {
    MATCH (s)-[:BASED_IN]->(area:Area)
    WHERE area.sensitivity <= $clearance
    RETURN area.id ORDER BY area.sensitivity DESC, area.id
  }),
  sector_ids: COLLECT {
    MATCH (s)-[:WORKS_IN]->(sector:Sector)
    WHERE sector.sensitivity <= $clearance
    RETURN sector.id ORDER BY sector.id
  }
} AS record
ORDER BY id
