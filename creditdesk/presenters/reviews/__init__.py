"""The yearly review, without Qt."""
