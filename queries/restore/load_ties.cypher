// Draw ties as they were drawn between stakeholders, which are there.
// params: rows
UNWIND $rows AS row
MATCH (first:Stakeholder {id: row.first})
MATCH (second:Stakeholder {id: row.second})
CREATE (first)-[tie:$(row.type)]->(second)
SET tie = row.properties
