"""What must be declared to the insurer, and how it compares with the ledger."""
