// The ids of the sectors that match every filter given, after one id, in the order of ids.
// params: after, limit, clearance, code
MATCH (s:Sector)
WHERE s.id > $after
  AND s.sensitivity <= $clearance
  AND ($code IS NULL OR s.code = $code)
RETURN s.id AS id
ORDER BY id
LIMIT $limit
