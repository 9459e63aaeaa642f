"""From rows to documents and payments, or to the reason why not."""
