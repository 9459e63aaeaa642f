"""Commands on insurers."""
