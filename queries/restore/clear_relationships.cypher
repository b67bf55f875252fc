// Delete relationships, a bounded number at a time: those that a restore left behind which was broken off.
// params: limit
MATCH ()-[r]->()
WITH r LIMIT $limit
DELETE r
RETURN count(r) AS cleared
