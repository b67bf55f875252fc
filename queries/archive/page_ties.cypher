// The materialised ties from each of the next stakeholders after one id, at full clearance.
// params: after, limit
MATCH (first:Stakeholder)
WHERE first.id > $after
WITH first ORDER BY first.id LIMIT $limit
OPTIONAL MATCH (first)-[tie]->(second:Stakeholder)
RETURN first.id AS after, CASE
  WHEN tie IS NOT NULL THEN {type: type(tie), first: first.id, second: second.id, properties: properties(tie)}
END AS row
