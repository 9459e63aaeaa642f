"""The pages everything we print is set on: its measures, its type, text from top to bottom."""
