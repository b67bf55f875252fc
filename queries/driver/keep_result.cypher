// Store the result of a write with its receipt.
// params: key, result
MATCH (receipt:Receipt {key: $key})
SET receipt.result = $result
