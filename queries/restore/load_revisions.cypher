// Set the revisions to the archived numbers.
// params: rows
UNWIND $rows AS row
MERGE (n:Revision {clearance: row.properties.clearance})
SET n = row.properties
