"""What changes the sources for an editor."""
