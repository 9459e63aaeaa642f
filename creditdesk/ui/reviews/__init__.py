"""Reviews, drawn."""
