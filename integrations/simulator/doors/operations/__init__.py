"""The answers of the register's operations. routes.py says which path leads to which."""
