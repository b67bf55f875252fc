// The ids of the stakeholders that match every filter given, after one id, in the order of ids; an area stands for
// itself and all areas within it.
// params: after, limit, clearance, name, category, status, area_id, sector_id
MATCH (s:Stakeholder)
WHERE s.id > $after
  AND s.sensitivity <= $clearance
  AND ($category IS NULL OR s.category = $category)
  AND ($status IS NULL OR s.status = $status)
  AND ($name IS NULL OR s.search_name = $name)
  AND ($sector_id IS NULL OR EXISTS {
    MATCH (s)-[:WORKS_IN]->(sector {id: $sector_id})
    WHERE sector.sensitivity <= $clearance
  })
  AND ($area_id IS NULL OR EXISTS {
    MATCH (s)-[:BASED_IN]->(area:Area)
    WHERE area.sensitivity <= $clearance
    MATCH (area) ((:Area)-[:PART_OF]->(above:Area WHERE above.sensitivity <= $clearance)){0,9} ({id: $area_id})
  })
RETURN s.id AS id
ORDER BY id
LIMIT $limit
