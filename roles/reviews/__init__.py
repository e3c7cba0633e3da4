"""Who has access to what in an organisation: the report of it, and the reviews in which it is looked over."""
