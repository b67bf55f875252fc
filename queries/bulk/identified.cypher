// The ids of the records with these external ids; the caller must check who may see them.
// params: keys
UNWIND $keys AS key
MATCH (external:ExternalId {key: key})-[:IDENTIFIES]->(record)
USING INDEX SEEK external:ExternalId(key)
RETURN collect(record.id) AS ids
