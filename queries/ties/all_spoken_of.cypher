// Every tie that a report speaks of which the viewer may see, the retracted reports included.
// params: clearance
MATCH (report:TieReport)
WHERE report.sensitivity <= $clearance
MATCH (report)-[:SAID_BY]->(source:Source)
WHERE source.sensitivity <= $clearance
MATCH (report)-[:FROM]->(start:Stakeholder)
WHERE start.sensitivity <= $clearance
MATCH (report)-[:TO]->(finish:Stakeholder)
WHERE finish.sensitivity <= $clearance
RETURN collect(DISTINCT report.tie_id) AS tie_ids
