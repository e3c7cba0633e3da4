"""The fields and widgets by which an administrator chooses people, organisations, kommuner and elements."""
