// Draw these ties, none of which is there yet, between stakeholders whom the writer holds: a tie says by their places in
// the list of ids which they are, so that each is looked up once. The number drawn is none if any is not there.
// params: ties, stakeholder_ids
CALL () {
  UNWIND range(0, size($stakeholder_ids) - 1) AS place
  MATCH (stakeholder:Stakeholder {id: $stakeholder_ids[place]})
  WITH stakeholder ORDER BY place
  RETURN collect(stakeholder) AS stakeholders
}
WITH stakeholders
WHERE size(stakeholders) = size($stakeholder_ids)
UNWIND $ties AS tie
WITH tie, stakeholders[tie.start] AS start, stakeholders[tie.finish] AS finish
CREATE (start)-[drawn:$(tie.type)]->(finish)
SET
  drawn = tie.properties,
  drawn.first_confirmed = date(tie.first_confirmed),
  drawn.last_confirmed = date(tie.last_confirmed)
RETURN count(drawn) AS drawn
