// Raise the revision of every clearance that can see a change of this sensitivity.
// params: lowest
UNWIND range($lowest, 3) AS clearance
MERGE (revision:Revision {clearance: clearance})
SET revision.number = coalesce(revision.number, 0) + 1
