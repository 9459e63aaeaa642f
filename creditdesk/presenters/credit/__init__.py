"""Credit files, limits, and whether one may still ship, without Qt."""
