// Give those of these ties that are there new values, and tell which those were.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
USING INDEX SEEK first:Stakeholder(id)
MATCH (second:Stakeholder {id: tie.to_id})
USING INDEX SEEK second:Stakeholder(id)
WITH tie, first, second, tie.id AS id
MATCH (first)-[drawn:$(tie.type) {id: id}]->(second)
SET
  drawn = tie.properties,
  drawn.first_confirmed = date(tie.first_confirmed),
  drawn.last_confirmed = date(tie.last_confirmed)
RETURN collect(drawn.id) AS ids
