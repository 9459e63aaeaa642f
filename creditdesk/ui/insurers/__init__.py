"""Insurers and their quotes, drawn."""
