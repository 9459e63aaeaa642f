"""The rules of trade credit, as pure functions of values. No database, no screen, no clock."""
