"""Who a buyer is, and what is learned about it."""
