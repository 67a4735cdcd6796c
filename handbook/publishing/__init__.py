"""A finished folder, and the server that shows it."""
