// Hold these stakeholders until the transaction ends, in the order given, so that whoever else reports on a tie between
// them waits; and tell which of them exist and how sensitive they are, one list a column: for what is kept, never for a
// reader. To remove alone would take no lock: a property that is not there is left alone.
// params: stakeholder_ids
UNWIND $stakeholder_ids AS id
MATCH (stakeholder:Stakeholder {id: id})
SET stakeholder._lock = true
REMOVE stakeholder._lock
WITH collect(stakeholder) AS stakeholders
RETURN
  [stakeholder IN stakeholders | stakeholder.id] AS id,
  [stakeholder IN stakeholders | stakeholder.sensitivity] AS sensitivity
