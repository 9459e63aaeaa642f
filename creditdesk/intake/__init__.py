"""Files on their way into a client's ledger: one use case for window, command line and sample."""
