"""Django's backend for PostgreSQL, except that a pooled connection is checked without asking the server."""
