// A drawn tie says by which model of evidence it was folded: one folded by an older model is not used.
// params: none
CALL db.createProperty('evidence_model');
