// The next stakeholders in the order of ids that the viewer may see, with the properties of a network, one list a column;
// areas and sectors that the viewer may not see are left out. Of two areas the more sensitive one counts.
// ties counts all outgoing relationships, because the database knows that without reading them: the materialised ties at
// full clearance, and an area or sector or two. It decides how many are read at a time, and goes no further.
// params: after, limit, clearance
MATCH (stakeholder:Stakeholder)
WHERE stakeholder.id > $after AND stakeholder.sensitivity <= $clearance
WITH stakeholder
ORDER BY stakeholder.id
LIMIT $limit
WITH
  stakeholder,
  COLLECT {
    MATCH (stakeholder)-[:BASED_IN]->(area:Area)
    WHERE area.sensitivity <= $clearance
    RETURN area.id ORDER BY area.sensitivity DESC, area.id
  } AS areas,
  COLLECT {
    MATCH (stakeholder)-[:WORKS_IN]->(sector:Sector)
    WHERE sector.sensitivity <= $clearance
    RETURN sector.id ORDER BY sector.id
  } AS sectors,
  COUNT { (stakeholder)-->() } AS degree
WITH collect(stakeholder) AS stakeholders, collect(areas) AS areas, collect(sectors) AS sector_ids,
  collect(degree) AS ties
RETURN
  [stakeholder IN stakeholders | stakeholder.id] AS id,
  [stakeholder IN stakeholders | stakeholder.name] AS name,
  [stakeholder IN stakeholders | coalesce(stakeholder.aliases, [])] AS aliases,
  [stakeholder IN stakeholders | stakeholder.category] AS category,
  [stakeholder IN stakeholders | stakeholder.nature] AS nature,
  [stakeholder IN stakeholders | stakeholder.do_not_contact] AS do_not_contact,
  [ids IN areas | head(ids)] AS area_id,
  sector_ids,
  ties
