"""Documents: PDF and workbooks, from frozen values."""
