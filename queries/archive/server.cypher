// Which Neo4j this is, and what time it has.
// params: none
CALL dbms.components() YIELD name, versions, edition
WITH name, versions, edition
WHERE name = 'Neo4j Kernel'
RETURN versions[0] AS version, edition, toString(datetime()) AS at
