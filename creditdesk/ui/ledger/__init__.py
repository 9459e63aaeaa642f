"""Receivables, imports and receipts, drawn."""
