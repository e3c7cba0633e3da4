"""The content of a list: criteria, columns and templates."""
