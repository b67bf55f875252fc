// The sources with these ids that the viewer may see.
// params: ids, clearance
UNWIND $ids AS id
MATCH (s:Source {id: id})
WHERE s.sensitivity <= $clearance
RETURN s {.*} AS record
ORDER BY id
