// Set the revisions to what they were.
// params: rows
UNWIND $rows AS row
MERGE (n:Revision {clearance: row.properties.clearance})
SET n = row.properties
