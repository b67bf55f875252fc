// Delete receipts that have expired, a bounded number at a time, unless another process has just begun to.
// params: before
MERGE (keeper:Keeper {id: 'receipts'})
SET keeper._lock = true
REMOVE keeper._lock
WITH keeper
OPTIONAL MATCH (receipt:Receipt)
WHERE receipt.at <= $before
WITH receipt LIMIT 10000
DELETE receipt
RETURN count(receipt) AS forgotten
