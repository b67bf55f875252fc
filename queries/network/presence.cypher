// Who does what where: a row for each activity and participant, where the viewer may see activity, stakeholder, area and
// sector. Of two areas or sectors the more sensitive one counts.
// params: clearance
MATCH (activity:Activity)
WHERE activity.sensitivity <= $clearance
WITH
  activity,
  head(COLLECT {
    MATCH (activity)-[:IN]->(area:Area)
    WHERE area.sensitivity <= $clearance
    RETURN area.id ORDER BY area.sensitivity DESC, area.id
  }) AS area_id,
  head(COLLECT {
    MATCH (activity)-[:FOR]->(sector:Sector)
    WHERE sector.sensitivity <= $clearance
    RETURN sector.id ORDER BY sector.sensitivity DESC, sector.id
  }) AS sector_id
WHERE area_id IS NOT NULL AND sector_id IS NOT NULL
MATCH (stakeholder:Stakeholder)-[part:CARRIES_OUT]->(activity)
WHERE stakeholder.sensitivity <= $clearance
WITH activity, area_id, sector_id, stakeholder, part
ORDER BY activity.id, stakeholder.id, part.role
WITH collect(activity) AS activities, collect(area_id) AS area_id, collect(sector_id) AS sector_id,
  collect(stakeholder.id) AS stakeholder_id, collect(part.role) AS role
RETURN
  area_id,
  sector_id,
  stakeholder_id,
  role,
  [activity IN activities | activity.status] AS status,
  [activity IN activities | toString(activity.valid_from)] AS valid_from,
  [activity IN activities | toString(activity.valid_to)] AS valid_to
