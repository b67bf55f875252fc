// Those of these stakeholders that the viewer may see, with the properties of a network, one list a column; areas and
// sectors that the viewer may not see are left out. Of two areas the more sensitive one counts.
// params: ids, clearance
UNWIND $ids AS id
MATCH (stakeholder:Stakeholder {id: id})
WHERE stakeholder.sensitivity <= $clearance
WITH DISTINCT stakeholder
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
  } AS sectors
WITH collect(stakeholder) AS stakeholders, collect(areas) AS areas, collect(sectors) AS sector_ids
RETURN
  [stakeholder IN stakeholders | stakeholder.id] AS id,
  [stakeholder IN stakeholders | stakeholder.name] AS name,
  [stakeholder IN stakeholders | coalesce(stakeholder.aliases, [])] AS aliases,
  [stakeholder IN stakeholders | stakeholder.category] AS category,
  [stakeholder IN stakeholders | stakeholder.nature] AS nature,
  [stakeholder IN stakeholders | stakeholder.do_not_contact] AS do_not_contact,
  [ids IN areas | head(ids)] AS area_id,
  sector_ids
