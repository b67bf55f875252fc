// What the word of these sources is worth, whoever may see them, one list a column: for what is kept, never for a reader.
// params: source_ids
UNWIND $source_ids AS id
MATCH (source:Source {id: id})
WITH collect(source) AS sources
RETURN
  [source IN sources | source.id] AS id,
  [source IN sources | source.origin_group] AS origin_group,
  [source IN sources | source.reliability] AS reliability,
  [source IN sources | source.sensitivity] AS sensitivity
