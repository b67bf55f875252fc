// Create generated ties of one kind that everybody may see; from and to are ids.
// params: type, rows
UNWIND $rows AS row
MATCH (first:Stakeholder {id: row.from_id})
MATCH (second:Stakeholder {id: row.to_id})
CREATE (first)-[tie:$($type)]->(second)
SET tie = row.properties
