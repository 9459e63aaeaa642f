"""Puts the parts together; the only module that may import every layer."""
