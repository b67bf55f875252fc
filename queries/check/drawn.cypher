// These ties as they are drawn, whichever way round.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
USING INDEX SEEK first:Stakeholder(id)
MATCH (second:Stakeholder {id: tie.to_id})
USING INDEX SEEK second:Stakeholder(id)
WITH first, second, tie.type AS type, tie.id AS id
MATCH (first)-[drawn]-(second)
WHERE type(drawn) = type AND drawn.id = id
RETURN id, startNode(drawn) = first AS forwards, properties(drawn) AS properties
