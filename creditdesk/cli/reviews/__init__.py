"""`review`: the yearly workbook."""
