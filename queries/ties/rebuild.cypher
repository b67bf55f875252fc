// Give those of these ties that exist new values, and return the ids of those.
// params: ties
UNWIND $ties AS tie
MATCH (first:Stakeholder {id: tie.from_id})
USING INDEX SEEK first:Stakeholder(id)
MATCH (second:Stakeholder {id: tie.to_id})
USING INDEX SEEK second:Stakeholder(id)
WITH tie, first, second, tie.id AS id
MATCH (first)-[edge:$(tie.type) {id: id}]->(second)
SET
  edge = tie.properties,
  edge.first_confirmed = date(tie.first_confirmed),
  edge.last_confirmed = date(tie.last_confirmed)
RETURN collect(edge.id) AS ids
