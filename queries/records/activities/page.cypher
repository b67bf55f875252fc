// The ids of the activities that match every filter given, after one id, in the order of ids; an area stands for
// itself and all areas within it.
// params: after, limit, clearance, stakeholder_id, area_id, sector_id, status
MATCH (a:Activity)
WHERE a.id > $after
  AND a.sensitivity <= $clearance
  AND EXISTS {
    MATCH (s:Stakeholder)-[:CARRIES_OUT]->(a)
    WHERE s.sensitivity <= $clearance
  }
  AND ($status IS NULL OR a.status = $status)
  AND ($stakeholder_id IS NULL OR EXISTS {
    MATCH (s {id: $stakeholder_id})-[:CARRIES_OUT]->(a)
    WHERE s.sensitivity <= $clearance
  })
  AND ($sector_id IS NULL OR EXISTS {
    MATCH (a)-[:FOR]->(sector {id: $sector_id})
    WHERE sector.sensitivity <= $clearance
  })
  AND ($area_id IS NULL OR EXISTS {
    MATCH (a)-[:IN]->(area:Area)
    WHERE area.sensitivity <= $clearance
    MATCH (area) ((:Area)-[:PART_OF]->(above:Area WHERE above.sensitivity <= $clearance)){0,9} ({id: $area_id})
  })
RETURN a.id AS id
ORDER BY id
LIMIT $limit
