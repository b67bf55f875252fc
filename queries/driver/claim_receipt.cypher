// Claim the receipt of a write, or find that the write was done: fresh is false then and the first result is returned.
// A receipt that has expired counts as missing.
// params: key, fingerprint, at, expired
MERGE (receipt:Receipt {key: $key})
SET receipt._lock = true
REMOVE receipt._lock
WITH receipt, coalesce(receipt.at <= $expired, true) AS fresh
FOREACH (_ IN CASE WHEN fresh THEN [1] ELSE [] END |
  SET receipt.fingerprint = $fingerprint, receipt.at = $at, receipt.result = null)
RETURN fresh, receipt.fingerprint AS fingerprint, receipt.result AS result
