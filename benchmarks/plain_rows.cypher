// What somebody would write who reads ties row by row, for as many ties as are asked for.
// params: limit
MATCH (first:Stakeholder)-[tie]->(second:Stakeholder)
RETURN first.id AS first, second.id AS second, type(tie) AS kind, tie AS values
LIMIT $limit
