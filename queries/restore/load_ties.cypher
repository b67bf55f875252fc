// Create materialised ties as archived between stakeholders, which exist.
// params: rows
UNWIND $rows AS row
MATCH (first:Stakeholder {id: row.first})
MATCH (second:Stakeholder {id: row.second})
CREATE (first)-[tie:$(row.type)]->(second)
SET tie = row.properties
