"""`buyer`: the credit files."""
