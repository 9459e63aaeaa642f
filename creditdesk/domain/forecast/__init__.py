"""When open invoices will be paid, judged by how others were."""
