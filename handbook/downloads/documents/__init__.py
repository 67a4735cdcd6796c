"""Forms to fill in as documents for word processors, in which everybody can change them."""
