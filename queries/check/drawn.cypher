// These ties as they are drawn, whichever way round.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
MATCH (second:Stakeholder {id: tie.to_id})
MATCH (first)-[drawn]-(second)
WHERE type(drawn) = tie.type AND drawn.id = tie.id
RETURN drawn.id AS id, startNode(drawn) = first AS forwards, properties(drawn) AS properties
