"""What every screen is made of: lists, forms, words, files on their way in."""
