"""A client's year: its figures and what stands out."""
