"""The pages of what has to be done."""
