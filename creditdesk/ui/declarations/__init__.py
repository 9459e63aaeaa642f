"""Declarations, drawn."""
