// What the reads look things up by besides ids. Full-text search is over the words of names and aliases as
// queries/search.py splits them; the analyzer adds no rules of its own language to that.
// params: none
CREATE FULLTEXT INDEX stakeholder_names IF NOT EXISTS
FOR (s:Stakeholder) ON EACH [s.search_words]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}};

CREATE INDEX stakeholder_search_name IF NOT EXISTS FOR (s:Stakeholder) ON (s.search_name);
CREATE INDEX tie_report_tie_id IF NOT EXISTS FOR (r:TieReport) ON (r.tie_id);
CREATE INDEX area_pcode IF NOT EXISTS FOR (a:Area) ON (a.pcode);
CREATE INDEX sector_code IF NOT EXISTS FOR (s:Sector) ON (s.code);
CREATE INDEX receipt_at IF NOT EXISTS FOR (r:Receipt) ON (r.at);

CALL db.awaitIndexes(300);
