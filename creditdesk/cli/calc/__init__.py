"""`calc`: the rules without a desk."""
