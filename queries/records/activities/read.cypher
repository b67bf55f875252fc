// The activities with these ids that the viewer may see, which need a participant the viewer may see, each with the
// participants, the area and the sector that the viewer may see.
// params: ids, clearance
UNWIND $ids AS id
MATCH (a:Activity {id: id})
WHERE a.sensitivity <= $clearance
WITH a, id, COLLECT {
  MATCH (s:Stakeholder)-[part:CARRIES_OUT]->(a)
  WHERE s.sensitivity <= $clearance
  RETURN {stakeholder_id: s.id, role: part.role} ORDER BY s.id, part.role
} AS participants
WHERE size(participants) > 0
RETURN a {
  .*,
  participants: participants,
  area_id: head(COLLECT {
    MATCH (a)-[:IN]->(area:Area)
    WHERE area.sensitivity <= $clearance
    RETURN area.id ORDER BY area.sensitivity DESC, area.id
  }),
  sector_id: head(COLLECT {
    MATCH (a)-[:FOR]->(sector:Sector)
    WHERE sector.sensitivity <= $clearance
    RETURN sector.id ORDER BY sector.sensitivity DESC, sector.id
  })
} AS record
ORDER BY id
