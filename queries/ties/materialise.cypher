// Create these ties, none of which exists yet, between stakeholders that the writer has locked. A tie names its ends by
// their positions in the list of ids, so that each is looked up once. If a stakeholder does not exist, none is created.
// params: ties, stakeholder_ids
CALL () {
  UNWIND range(0, size($stakeholder_ids) - 1) AS position
  MATCH (stakeholder:Stakeholder {id: $stakeholder_ids[position]})
  WITH stakeholder ORDER BY position
  RETURN collect(stakeholder) AS stakeholders
}
WITH stakeholders
WHERE size(stakeholders) = size($stakeholder_ids)
UNWIND $ties AS tie
WITH tie, stakeholders[tie.start] AS start, stakeholders[tie.finish] AS finish
CREATE (start)-[edge:$(tie.type)]->(finish)
SET
  edge = tie.properties,
  edge.first_confirmed = date(tie.first_confirmed),
  edge.last_confirmed = date(tie.last_confirmed)
RETURN count(edge) AS created
