"""Whether it is right; everything here reports problems."""
