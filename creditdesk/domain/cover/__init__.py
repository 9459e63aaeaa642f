"""Limits, and which shipment is insured for how much."""
