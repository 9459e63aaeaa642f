"""The firm, its clients and the desk itself, without Qt."""
