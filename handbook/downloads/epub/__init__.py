"""E-books, made of the articles of the built site."""
