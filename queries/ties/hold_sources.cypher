// Lock these sources until the transaction ends, in the order given, so that no grade changes under a report being
// written; and return origin group, grade and sensitivity of those that exist, at full clearance, one list a column: for
// what the database stores, never for a reader. REMOVE alone would take no lock where the property does not exist.
// params: source_ids
UNWIND $source_ids AS id
MATCH (source:Source {id: id})
SET source._lock = true
REMOVE source._lock
WITH collect(source) AS sources
RETURN
  [source IN sources | source.id] AS id,
  [source IN sources | source.origin_group] AS origin_group,
  [source IN sources | source.reliability] AS reliability,
  [source IN sources | source.sensitivity] AS sensitivity
