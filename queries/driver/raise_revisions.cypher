// Raise the revision of every clearance that can see a change of this sensitivity, add a change log entry under
// its number, and delete the entry of so many revisions ago.
// params: lowest, kept, too_much, stakeholder_ids, place_ids, kinds, from_ids, to_ids
UNWIND range($lowest, 3) AS clearance
MERGE (revision:Revision {clearance: clearance})
SET revision.number = coalesce(revision.number, 0) + 1
CREATE (:Change {
  clearance: clearance,
  number: revision.number,
  too_much: $too_much,
  stakeholder_ids: $stakeholder_ids,
  place_ids: $place_ids,
  kinds: $kinds,
  from_ids: $from_ids,
  to_ids: $to_ids
})
WITH clearance, revision.number - $kept AS over
MATCH (old:Change {clearance: clearance, number: over})
DELETE old
