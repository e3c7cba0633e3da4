"""Django's way to PostgreSQL, but that a connection from the pool is looked at without asking the server."""
