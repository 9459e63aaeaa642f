"""Commands about what departments have to do."""
