// Hold these sources until the transaction ends, in the order given, so that no grade changes under a report being
// written; and tell of those that exist what their word is worth, whoever may see them, one list a column: for what is
// kept, never for a reader. To remove alone would take no lock: a property that is not there is left alone.
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
