// Read the given number of ties row by row, as a user would write it.
// params: limit
MATCH (first:Stakeholder)-[tie]->(second:Stakeholder)
RETURN first.id AS first, second.id AS second, type(tie) AS kind, tie AS values
LIMIT $limit
