"""Opens foreign files without running, following or believing anything in them."""
