// Link areas to their parents.
// params: rows
UNWIND $rows AS row
MATCH (n:Area {id: row.id})
UNWIND row.parents AS parent_id
MATCH (parent:Area {id: parent_id})
CREATE (n)-[:PART_OF]->(parent)
