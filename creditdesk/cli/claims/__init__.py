"""`claim`: from opening to package."""
