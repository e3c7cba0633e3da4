"""Who is on a list, which columns it has, and from which template."""
