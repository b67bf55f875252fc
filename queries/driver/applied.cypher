// The schema files this database has had, with the checksum each had then.
// params: none
MATCH (migration:Migration)
RETURN migration.version AS version, migration.checksum AS checksum
