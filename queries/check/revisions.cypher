// Clearances without a revision.
// params: limit
UNWIND range(0, 3) AS clearance
WITH clearance WHERE NOT EXISTS { (:Revision {clearance: clearance}) }
RETURN 'Revision' AS kind, toString(clearance) AS id, '' AS detail LIMIT $limit
