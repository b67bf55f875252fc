// The schema files this database has had, with the checksum each had then. As maps, because in an empty database the
// property names are not known yet.
// params: none
MATCH (migration:Migration)
RETURN properties(migration) AS applied
