// The sectors with these ids that the viewer may see.
// params: ids, clearance
UNWIND $ids AS id
MATCH (s:Sector {id: id})
WHERE s.sensitivity <= $clearance
RETURN s {.*} AS record
ORDER BY id
