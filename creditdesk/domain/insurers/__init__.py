"""What insurers offer, side by side."""
