// Lock the schema until the transaction ends: a second process that migrates waits here.
// params: none
MERGE (keeper:Keeper {id: 'schema'})
SET keeper._lock = true
REMOVE keeper._lock
