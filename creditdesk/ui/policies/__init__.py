"""Policies, drawn."""
