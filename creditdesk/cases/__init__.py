"""Cases as JSON: what is computed or replayed without the desk having it, read strictly and written again."""
