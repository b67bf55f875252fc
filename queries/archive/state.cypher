// Every revision, and the schema files applied: equal in two reads exactly if nothing changed between them.
// params: none
RETURN
  COLLECT { MATCH (n:Revision) RETURN [n.clearance, n.number] ORDER BY n.clearance } AS revisions,
  COLLECT { MATCH (n:Migration) RETURN [n.version, n.checksum] ORDER BY n.version } AS migrations
