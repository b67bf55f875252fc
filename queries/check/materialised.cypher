// These ties as they are materialised, in either direction.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
USING INDEX SEEK first:Stakeholder(id)
MATCH (second:Stakeholder {id: tie.to_id})
USING INDEX SEEK second:Stakeholder(id)
WITH first, second, tie.type AS type, tie.id AS id
MATCH (first)-[edge]-(second)
WHERE type(edge) = type AND edge.id = id
RETURN id, startNode(edge) = first AS forwards, properties(edge) AS properties
