"""A permitted record as the rows of a page. Pure."""
