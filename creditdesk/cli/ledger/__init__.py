"""`ledger`: imports, receipts, and what is owed."""
