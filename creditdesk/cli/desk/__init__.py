"""`desk` and `client`: the file itself, and what makes a first one."""
