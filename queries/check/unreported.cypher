// Materialised ties without a report that is not retracted.
// params: types, limit
MATCH (first:Stakeholder)-[tie]->(second:Stakeholder)
WHERE type(tie) IN $types AND NOT EXISTS {
  MATCH (report:TieReport {tie_id: tie.id}) WHERE report.retracted_at IS NULL
}
RETURN type(tie) AS kind, tie.id AS id, '' AS detail LIMIT $limit
