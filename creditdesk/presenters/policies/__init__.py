"""Policies, their review and their premium, without Qt."""
