// Draw these ties, none of which is there yet.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
MATCH (second:Stakeholder {id: tie.to_id})
CREATE (first)-[drawn:$(tie.type)]->(second)
SET drawn = tie.properties
