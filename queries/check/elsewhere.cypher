// Those of these ties that are materialised between any stakeholders and as any kind.
// params: tie_ids, types
MATCH (:Stakeholder)-[tie]->(:Stakeholder)
WHERE type(tie) IN $types AND tie.id IN $tie_ids
RETURN collect(tie.id) AS tie_ids
