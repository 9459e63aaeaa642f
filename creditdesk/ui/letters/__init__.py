"""Letters, drawn."""
