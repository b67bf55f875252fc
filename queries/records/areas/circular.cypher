// Those of the areas that are part of themselves, as far as the actor may see.
// params: ids, clearance
UNWIND $ids AS id
MATCH (a:Area {id: id})
WHERE EXISTS {
  MATCH (a) ((:Area)-[:PART_OF]->(above:Area WHERE above.sensitivity <= $clearance)){1,20} (a)
}
RETURN a.id AS id
ORDER BY id
