"""Credit files and limits, drawn."""
