"""Statements of banks and wallets."""
