// Create reports, their links to stakeholders and sources, and a tie each, and nothing else: the time the database itself
// needs for them. A row has the positions, in the list of ids, of the three nodes a report is linked to.
// params: rows, ids
UNWIND $ids AS id
MATCH (node:Stakeholder {id: id})
WITH collect(node) AS nodes
UNWIND $rows AS row
WITH row, nodes[row.start] AS start, nodes[row.finish] AS finish, nodes[row.source] AS source
CREATE (start)<-[:FROM]-(report:TieReport)-[:TO]->(finish), (report)-[:SAID_BY]->(source), (start)-[tie:FUNDS]->(finish)
SET report = row.report, tie = row.tie
