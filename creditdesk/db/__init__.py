"""The desk file: engine, transactions, schema steps, backups."""
