"""Audit files and e-invoices, read by their structure."""
