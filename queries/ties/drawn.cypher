// Which of these ties are there as a relationship.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
MATCH (second:Stakeholder {id: tie.to_id})
MATCH (first)-[drawn:$(tie.type) {id: tie.id}]->(second)
RETURN collect(drawn.id) AS ids
