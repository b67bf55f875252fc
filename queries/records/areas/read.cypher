// The areas with these ids that the viewer may see, each with the parent they may see; of two, the more sensitive one.
// params: ids, clearance
UNWIND $ids AS id
MATCH (a:Area {id: id})
WHERE a.sensitivity <= $clearance
RETURN a {
  .*,
  parent_id: head(COLLECT {
    MATCH (a)-[:PART_OF]->(parent:Area)
    WHERE parent.sensitivity <= $clearance
    RETURN parent.id ORDER BY parent.sensitivity DESC, parent.id
  })
} AS record
ORDER BY id
