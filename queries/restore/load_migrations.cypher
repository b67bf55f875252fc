// Record which schema files the archived database had had.
// params: rows
UNWIND $rows AS row
CREATE (n:Migration)
SET n = row.properties
