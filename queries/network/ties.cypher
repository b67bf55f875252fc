// The ties from the stakeholders of a range of ids to others, both visible to the viewer: one list a column of those drawn
// for this day, by this model of evidence and from nothing but what the viewer may see; and the ids of all others, which
// must be folded from reports. What is small comes in one number, because each value costs the reader more than the sum
// costs the database: words is reports · 10,000 + kind · 100 + status · 10 + (sign + 1) · 2 + undated, days is first ·
// 10,000,000 + last confirmed, each a year · 1,000 + day of the year. Strength and trust are −1 where nothing was said.
// All properties of a tie are taken at once, because the database looks through them anew for each that is asked for.
// The types are looked at after the fact: a list of them in the pattern costs the database more with each tie.
// params: first_id, last_id, places, statuses, as_of, evidence_model, clearance
MATCH (first:Stakeholder)
WHERE first.id >= $first_id AND first.id <= $last_id AND first.sensitivity <= $clearance
MATCH (first)-[relationship]->(second:Stakeholder)
WHERE second.sensitivity <= $clearance
WITH
  first.id AS from_id,
  second.id AS to_id,
  $places[type(relationship)] AS kind,
  properties(relationship) AS tie
WHERE kind IS NOT NULL
WITH
  from_id,
  to_id,
  kind,
  tie,
  tie.sensitivity <= $clearance
    AND coalesce(tie.evidence_model = $evidence_model, false)
    AND (tie.holds_from IS NULL OR tie.holds_from <= $as_of)
    AND (tie.holds_to IS NULL OR $as_of < tie.holds_to) AS drawn
WITH from_id, to_id, kind, tie, drawn, drawn AND tie.status IS NOT NULL AS told
RETURN
  collect(CASE WHEN told THEN from_id END) AS from_id,
  collect(CASE WHEN told THEN to_id END) AS to_id,
  collect(CASE WHEN told THEN tie.confirmed END) AS confirmed,
  collect(CASE WHEN told THEN coalesce(tie.strength, -1.0) END) AS strength,
  collect(CASE WHEN told THEN coalesce(tie.trust, -1.0) END) AS trust,
  collect(CASE WHEN told THEN
    tie.reports * 10000
      + kind * 100
      + $statuses[tie.status] * 10
      + (tie.sign + 1) * 2
      + CASE WHEN tie.undated THEN 1 ELSE 0 END
  END) AS words,
  collect(CASE WHEN told THEN
    (tie.first_confirmed.year * 1000 + tie.first_confirmed.ordinalDay) * 10000000
      + tie.last_confirmed.year * 1000 + tie.last_confirmed.ordinalDay
  END) AS days,
  collect(CASE WHEN told THEN tie.origins END) AS origins,
  collect(CASE WHEN NOT drawn THEN tie.id END) AS others
