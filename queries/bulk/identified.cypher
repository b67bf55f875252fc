// The ids of the records that other systems call by these keys; who may see them is for the caller to find out.
// params: keys
UNWIND $keys AS key
MATCH (external:ExternalId {key: key})-[:IDENTIFIES]->(record)
USING INDEX SEEK external:ExternalId(key)
RETURN collect(record.id) AS ids
