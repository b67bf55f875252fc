// Make the relationship types and property names known before the first record uses them, so that a warning about an
// unknown one always means a misspelt statement; and start the revisions.
// params: none
UNWIND ['BASED_IN', 'WORKS_IN', 'PART_OF', 'IN', 'FOR', 'CARRIES_OUT', 'IDENTIFIES', 'FROM', 'TO', 'SAID_BY'] AS word
CALL db.createRelationshipType(word);

UNWIND [
  'id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'sensitivity', 'external_ids', 'name',
  'category', 'aliases', 'nature', 'description', 'languages', 'womens_group', 'youth_group', 'contact_permitted',
  'do_not_contact', 'status', 'search_name', 'search_words', 'kind', 'reliability', 'origin_group', 'presence',
  'strength', 'trust', 'sign', 'valid_from', 'valid_to', 'observed_on', 'recorded_at', 'retracted_at', 'credibility',
  'engagement_id', 'note', 'tie_id', 'confirmed', 'first_confirmed', 'last_confirmed', 'reports', 'origins', 'undated',
  'holds_from', 'holds_to', 'pcode', 'level', 'latitude', 'longitude', 'access', 'access_since', 'access_until', 'code',
  'role', 'key', 'number', 'clearance', 'at', 'fingerprint', 'result', 'checksum', 'applied_at', '_lock'
] AS word
CALL db.createProperty(word);

UNWIND range(0, 3) AS clearance
MERGE (revision:Revision {clearance: clearance})
ON CREATE SET revision.number = 0;
