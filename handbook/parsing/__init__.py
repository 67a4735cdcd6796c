"""One text after the other, read into values with their places; it knows no registry."""
