"""Files become drafts; no database here."""
