"""Answers changed in the console: proposed by one editor, approved by another, said at once."""
