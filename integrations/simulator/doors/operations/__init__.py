"""What each of the register's operations answers; routes.py says which path leads to which."""
