// Hold the lock of restores until the transaction ends: a second one waits here.
// params: none
MERGE (keeper:Keeper {id: 'restore'})
SET keeper._lock = true
REMOVE keeper._lock
