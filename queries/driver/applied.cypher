// The schema files applied to this database, each with its checksum then.
// params: none
MATCH (migration:Migration)
RETURN migration.version AS version, migration.checksum AS checksum
