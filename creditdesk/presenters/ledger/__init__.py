"""Receivables, imports, receipts and the papers of an account, without Qt."""
