// The stakeholders that are based in these areas or work in these sectors, up to a limit.
// params: place_ids, limit
UNWIND $place_ids AS place_id
MATCH (place:Area|Sector {id: place_id})<-[:BASED_IN|WORKS_IN]-(stakeholder:Stakeholder)
WITH DISTINCT stakeholder
LIMIT $limit
RETURN collect(stakeholder.id) AS ids
