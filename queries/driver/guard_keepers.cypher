// Let there be one keeper of each name, before anything else: the lock that all migrations are made under needs it.
// params: none
CREATE CONSTRAINT keeper_id IF NOT EXISTS FOR (n:Keeper) REQUIRE n.id IS UNIQUE
