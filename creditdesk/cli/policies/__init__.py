"""`policy`: templates, limits, duties and premium."""
