"""Claims, drawn."""
