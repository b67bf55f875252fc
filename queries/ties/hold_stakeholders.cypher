// Lock these stakeholders until the transaction ends, in the order given, so that any other writer who reports on a tie
// between them waits; and return which of them exist and their sensitivity, one list a column: for what the database
// stores, never for a reader. REMOVE alone would take no lock where the property does not exist.
// params: stakeholder_ids
UNWIND $stakeholder_ids AS id
MATCH (stakeholder:Stakeholder {id: id})
SET stakeholder._lock = true
REMOVE stakeholder._lock
WITH collect(stakeholder) AS stakeholders
RETURN
  [stakeholder IN stakeholders | stakeholder.id] AS id,
  [stakeholder IN stakeholders | stakeholder.sensitivity] AS sensitivity
