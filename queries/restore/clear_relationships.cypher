// Delete relationships, a bounded number at a time: those that an interrupted restore left behind.
// params: limit
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(r) AS cleared
