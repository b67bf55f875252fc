// A drawn tie says in one text all that a reader of whole networks needs: see queries/ties/fold_text.py.
// params: none
CALL db.createProperty('fold');
