// How many nodes and relationships the database holds besides receipts, keepers and the log of changes, which a
// network is only refreshed from, whatever they are; the database keeps these counts, so that asking costs nothing.
// params: none
RETURN
  COUNT { MATCH (n) } - COUNT { MATCH (n:Receipt) } - COUNT { MATCH (n:Keeper) } - COUNT { MATCH (n:Change) } AS nodes,
  COUNT { MATCH ()-[r]->() } AS relationships
