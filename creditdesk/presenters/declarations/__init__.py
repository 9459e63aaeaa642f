"""Declarations to the insurer, without Qt."""
