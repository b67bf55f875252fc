// The ties from the stakeholders of a range of ids to others, both visible to the viewer, one list a column: kind is the
// position of its type in places, fold the text that was stored with the tie. That is empty where the viewer may not see
// all that went into it, or it is by another model of evidence: such a tie must be folded from reports.
// The types are checked afterwards: a list of them in the pattern costs the database more with each tie. The other end
// needs no label, for these types lead to stakeholders alone.
// params: first_id, last_id, places, model, clearance
MATCH (first:Stakeholder)
USING INDEX SEEK first:Stakeholder(id)
WHERE first.id >= $first_id AND first.id <= $last_id AND first.sensitivity <= $clearance
MATCH (first)-[tie]->(second)
WHERE second.sensitivity <= $clearance
WITH
  first.id AS from_id,
  second.id AS to_id,
  $places[type(tie)] AS kind,
  CASE WHEN tie.sensitivity <= $clearance AND tie.fold STARTS WITH $model THEN tie.fold ELSE '' END AS fold
WHERE kind IS NOT NULL
RETURN collect(from_id) AS from_id, collect(to_id) AS to_id, collect(kind) AS kind, collect(fold) AS fold
