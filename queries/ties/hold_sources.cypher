// Hold these sources until the transaction ends, in the order given, so that no grade changes under a report being
// written; and tell which of them exist.
// params: source_ids
UNWIND $source_ids AS id
MATCH (source:Source {id: id})
SET source._lock = true
REMOVE source._lock
RETURN collect(source.id) AS ids
