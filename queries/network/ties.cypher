// The ties from the stakeholders of a range of ids to others, both visible to the viewer: one list a column of those drawn
// for this day, by this model of evidence and from nothing but what the viewer may see; and the ids of all others, which
// must be folded from reports. A kind is its place in $types, a day is year · 1000 + day of the year.
// params: first_id, last_id, types, places, as_of, evidence_model, clearance
MATCH (first:Stakeholder)
WHERE first.id >= $first_id AND first.id <= $last_id AND first.sensitivity <= $clearance
MATCH (first)-[tie:$any($types)]->(second:Stakeholder)
WHERE second.sensitivity <= $clearance
WITH
  first,
  tie,
  second,
  tie.sensitivity <= $clearance
    AND coalesce(tie.evidence_model = $evidence_model, false)
    AND (tie.holds_from IS NULL OR tie.holds_from <= $as_of)
    AND (tie.holds_to IS NULL OR $as_of < tie.holds_to) AS drawn
WITH first, drawn AND tie.status IS NOT NULL AS told, drawn, tie, second
WITH
  first,
  collect(CASE WHEN told THEN tie END) AS ties,
  collect(CASE WHEN told THEN second.id END) AS to_ids,
  collect(CASE WHEN NOT drawn THEN tie.id END) AS others
WITH collect(first.id) AS from_ids, collect(size(ties)) AS counts, collect(ties) AS groups,
  collect(to_ids) AS to_groups, collect(others) AS other_groups
WITH from_ids, counts, other_groups, to_groups, COLLECT { UNWIND groups AS ties UNWIND ties AS tie RETURN tie } AS ties
RETURN
  from_ids,
  counts,
  COLLECT { UNWIND to_groups AS ids UNWIND ids AS id RETURN id } AS to_id,
  [tie IN ties | $places[type(tie)]] AS kind,
  [tie IN ties | tie.confirmed] AS confirmed,
  [tie IN ties | tie.strength] AS strength,
  [tie IN ties | tie.trust] AS trust,
  [tie IN ties | tie.sign] AS sign,
  [tie IN ties | tie.status] AS status,
  [tie IN ties | tie.first_confirmed.year * 1000 + tie.first_confirmed.ordinalDay] AS first_confirmed,
  [tie IN ties | tie.last_confirmed.year * 1000 + tie.last_confirmed.ordinalDay] AS last_confirmed,
  [tie IN ties | tie.reports] AS reports,
  [tie IN ties | tie.origins] AS origins,
  [tie IN ties | tie.undated] AS undated,
  COLLECT { UNWIND other_groups AS ids UNWIND ids AS id RETURN id } AS others
