// Delete those of these ties that exist: every report on them was retracted.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
USING INDEX SEEK first:Stakeholder(id)
MATCH (second:Stakeholder {id: tie.to_id})
USING INDEX SEEK second:Stakeholder(id)
WITH tie, first, second, tie.id AS id
MATCH (first)-[edge:$(tie.type) {id: id}]->(second)
DELETE edge
