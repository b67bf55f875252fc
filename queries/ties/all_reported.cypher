// Every tie on which there is a report that the viewer may see, retracted reports included.
// params: clearance
MATCH (report:TieReport)
WHERE report.sensitivity <= $clearance
MATCH (report)-[:SAID_BY]->(source)
WHERE source.sensitivity <= $clearance
MATCH (report)-[:FROM]->(start)
WHERE start.sensitivity <= $clearance
MATCH (report)-[:TO]->(finish)
WHERE finish.sensitivity <= $clearance
RETURN collect(DISTINCT report.tie_id) AS tie_ids
