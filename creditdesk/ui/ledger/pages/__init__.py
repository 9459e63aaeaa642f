"""The pages of receivables."""
