"""Summaries by age, without documents."""
