"""What several services read together: rows of the desk as values of the domain. Nothing here writes."""
