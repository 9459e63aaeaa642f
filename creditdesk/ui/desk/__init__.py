"""The firm and the desk, drawn."""
