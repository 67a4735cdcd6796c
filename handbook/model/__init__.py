"""What the project says: typed, frozen and indexed."""
