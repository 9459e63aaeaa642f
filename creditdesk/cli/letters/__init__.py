"""Letters, listed and written."""
