"""What has to be done by when, counted from what, and in which words."""
