// Create stakeholders and nothing else: the time the database itself needs for them.
// params: rows
UNWIND $rows AS row
CREATE (stakeholder:Stakeholder)
SET stakeholder = row
