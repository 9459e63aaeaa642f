"""Claims and their packages, without Qt."""
