// The ids of the stakeholders with these words in a name or alias that match every filter given, after one id, in the
// order of ids: a rank would reveal how rare a word is among names the viewer may not see.
// params: words, after, limit, clearance, name, category, status, area_id, sector_id
CALL db.index.fulltext.queryNodes('stakeholder_names', $words) YIELD node AS s
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
