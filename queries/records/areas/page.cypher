// The ids of the areas that match every filter given, after one id, in the order of ids.
// params: after, limit, clearance, parent_id, level, pcode
MATCH (a:Area)
WHERE a.id > $after
  AND a.sensitivity <= $clearance
  AND ($level IS NULL OR a.level = $level)
  AND ($pcode IS NULL OR a.pcode = $pcode)
  AND ($parent_id IS NULL OR EXISTS {
    MATCH (a)-[:PART_OF]->(parent {id: $parent_id})
    WHERE parent.sensitivity <= $clearance
  })
RETURN a.id AS id
ORDER BY id
LIMIT $limit
