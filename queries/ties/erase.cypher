// Take away those of these ties that are there: nobody speaks of them any more.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
MATCH (second:Stakeholder {id: tie.to_id})
MATCH (first)-[drawn:$(tie.type) {id: tie.id}]->(second)
DELETE drawn
