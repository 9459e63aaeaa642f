"""Screens without Qt."""
