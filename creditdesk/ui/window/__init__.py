"""The window itself: from the first painted frame to its end."""
