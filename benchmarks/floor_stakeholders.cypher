// Make stakeholders and do nothing else: what the database itself takes for them.
// params: rows
UNWIND $rows AS row
CREATE (stakeholder:Stakeholder)
SET stakeholder = row
