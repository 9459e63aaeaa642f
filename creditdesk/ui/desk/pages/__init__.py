"""The pages of the firm and the desk."""
