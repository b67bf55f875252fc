// Record each schema file once only; like guard_keepers, this comes before the schema files themselves.
// params: none
CREATE CONSTRAINT migration_version IF NOT EXISTS FOR (n:Migration) REQUIRE n.version IS UNIQUE
