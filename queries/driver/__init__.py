"""How statements reach the database: connection, transactions, retries, health, bookmarks, changes."""
