// Make reports, what joins them to stakeholders and sources, and a tie each, and do nothing else: what the database itself
// takes for them. Of the three nodes a report is joined to, a row has the places in the list of ids.
// params: rows, ids
UNWIND $ids AS id
MATCH (node:Stakeholder {id: id})
WITH collect(node) AS nodes
UNWIND $rows AS row
WITH row, nodes[row.start] AS start, nodes[row.finish] AS finish, nodes[row.source] AS source
CREATE (start)<-[:FROM]-(report:TieReport)-[:TO]->(finish), (report)-[:SAID_BY]->(source), (start)-[tie:FUNDS]->(finish)
SET report = row.report, tie = row.tie
