// The revision that a viewer of this clearance sees.
// params: clearance
MATCH (revision:Revision {clearance: $clearance})
RETURN revision.number AS revision
