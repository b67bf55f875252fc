// How many nodes and relationships of any kind the database has besides receipts, keepers and the change log, from which
// a network is only refreshed; the database keeps these counts, so that this costs nothing.
// params: none
RETURN
  COUNT { MATCH (n) } - COUNT { MATCH (n:Receipt) } - COUNT { MATCH (n:Keeper) } - COUNT { MATCH (n:Change) } AS nodes,
  COUNT { MATCH ()-[r]->() } AS relationships
