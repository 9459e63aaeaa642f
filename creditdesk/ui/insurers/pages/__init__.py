"""Their pages."""
