"""Duties, drawn."""
