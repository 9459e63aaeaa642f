"""Insurers and their quotes, without Qt."""
