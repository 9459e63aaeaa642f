"""The pages of credit files and limits."""
