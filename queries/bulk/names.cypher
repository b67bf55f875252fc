// The search forms of the names of all stakeholders that the viewer may see, in the order of ids, one list a column.
// params: clearance
MATCH (stakeholder:Stakeholder)
WHERE stakeholder.sensitivity <= $clearance
WITH stakeholder ORDER BY stakeholder.id
RETURN collect(stakeholder.search_name) AS name, collect(stakeholder.id) AS id
