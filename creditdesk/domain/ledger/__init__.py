"""What is owed: documents, payments, what pays what, and how long it is overdue."""
