"""Everything made of the built site; it does not know how that was built."""
