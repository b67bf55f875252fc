// The ids of the sources that match every filter given, after one id, in the order of ids.
// params: after, limit, clearance, kind
MATCH (s:Source)
WHERE s.id > $after
  AND s.sensitivity <= $clearance
  AND ($kind IS NULL OR s.kind = $kind)
RETURN s.id AS id
ORDER BY id
LIMIT $limit
