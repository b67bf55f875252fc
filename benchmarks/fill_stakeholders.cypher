// Create generated stakeholders that everybody may see.
// params: rows
UNWIND $rows AS row
CREATE (s:Stakeholder)
SET s = row
