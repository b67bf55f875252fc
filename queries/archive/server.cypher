// Version, edition and clock of this Neo4j.
// params: none
CALL dbms.components() YIELD name, versions, edition
WITH name, versions, edition
WHERE name = 'Neo4j Kernel'
RETURN versions[0] AS version, edition, toString(datetime()) AS at
