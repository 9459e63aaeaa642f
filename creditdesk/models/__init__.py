"""Tables and relations, nothing else."""
