// The change log after a revision, as far as that of the viewer's clearance reaches back, in the order of commits.
// params: revision, clearance
MATCH (change:Change)
WHERE change.clearance = $clearance AND change.number > $revision
RETURN
  change.number AS number,
  change.too_much AS too_much,
  change.stakeholder_ids AS stakeholder_ids,
  change.place_ids AS place_ids,
  change.kinds AS kinds,
  change.from_ids AS from_ids,
  change.to_ids AS to_ids
ORDER BY number
