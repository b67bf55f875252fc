// What a write touched, for a while: one entry for each clearance that can see of it, under the revision it made.
// params: none
UNWIND [
  'too_much', 'stakeholder_ids', 'place_ids', 'kinds', 'from_ids', 'to_ids'
] AS word
CALL db.createProperty(word);

CREATE CONSTRAINT change_number IF NOT EXISTS FOR (n:Change) REQUIRE (n.clearance, n.number) IS UNIQUE;
