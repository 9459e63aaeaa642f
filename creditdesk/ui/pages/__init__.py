"""Pages: what a place shows, one file each."""
