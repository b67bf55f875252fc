// Whether the database has anything that a restore would mix with: receipts of past writes and the change log do not
// count in a database without records.
// params: none
RETURN EXISTS {
  MATCH (n)
  WHERE NOT n:Keeper AND NOT n:Migration AND NOT n:Revision AND NOT n:Receipt AND NOT n:Change
} AS inhabited
