"""How the graph is kept: the only code that speaks Cypher or imports the ``neo4j`` driver."""
