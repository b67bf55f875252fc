// The ties between stakeholders that the viewer may see: one list a column of those drawn for this day, by this model of
// evidence and from nothing but what the viewer may see; and the ids of all others, which must be folded from reports.
// params: types, as_of, evidence_model, clearance
MATCH (first:Stakeholder)-[tie:$any($types)]->(second:Stakeholder)
WHERE first.sensitivity <= $clearance AND second.sensitivity <= $clearance
WITH
  tie,
  tie.sensitivity <= $clearance
    AND coalesce(tie.evidence_model = $evidence_model, false)
    AND (tie.holds_from IS NULL OR tie.holds_from <= $as_of)
    AND (tie.holds_to IS NULL OR $as_of < tie.holds_to) AS drawn
WITH
  collect(CASE WHEN drawn AND tie.status IS NOT NULL THEN tie END) AS ties,
  collect(CASE WHEN NOT drawn THEN tie.id END) AS others
RETURN
  [tie IN ties | type(tie)] AS type,
  [tie IN ties | startNode(tie).id] AS from_id,
  [tie IN ties | endNode(tie).id] AS to_id,
  [tie IN ties | tie.confirmed] AS confirmed,
  [tie IN ties | tie.strength] AS strength,
  [tie IN ties | tie.trust] AS trust,
  [tie IN ties | tie.sign] AS sign,
  [tie IN ties | tie.status] AS status,
  [tie IN ties | toString(tie.first_confirmed)] AS first_confirmed,
  [tie IN ties | toString(tie.last_confirmed)] AS last_confirmed,
  [tie IN ties | tie.reports] AS reports,
  [tie IN ties | tie.origins] AS origins,
  [tie IN ties | tie.undated] AS undated,
  others
