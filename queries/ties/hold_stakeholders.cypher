// Hold these stakeholders until the transaction ends, in the order given, so that whoever else reports on a tie between
// them waits; and tell which of them exist.
// params: stakeholder_ids
UNWIND $stakeholder_ids AS id
MATCH (stakeholder:Stakeholder {id: id})
SET stakeholder._lock = true
REMOVE stakeholder._lock
RETURN collect(stakeholder.id) AS ids
