// Allow one keeper of each name, before anything else: the lock under which all migrations run needs it.
// params: none
CREATE CONSTRAINT keeper_id IF NOT EXISTS FOR (n:Keeper) REQUIRE n.id IS UNIQUE
