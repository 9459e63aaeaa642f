"""From an unpaid debt to the indemnity, its package, and what comes in afterwards."""
