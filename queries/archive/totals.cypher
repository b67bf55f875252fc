// How many nodes and relationships the database holds besides receipts and keepers, whatever they are; the database
// keeps these counts, so that asking costs nothing.
// params: none
RETURN
  COUNT { MATCH (n) } - COUNT { MATCH (n:Receipt) } - COUNT { MATCH (n:Keeper) } AS nodes,
  COUNT { MATCH ()-[r]->() } AS relationships
