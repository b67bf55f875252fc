// Take away those of these ties that are there: nobody speaks of them any more.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
USING INDEX SEEK first:Stakeholder(id)
MATCH (second:Stakeholder {id: tie.to_id})
USING INDEX SEEK second:Stakeholder(id)
WITH tie, first, second, tie.id AS id
MATCH (first)-[drawn:$(tie.type) {id: id}]->(second)
DELETE drawn
