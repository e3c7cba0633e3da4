"""PostgreSQL and Valkey from Python wheels, as child processes of the demo or the tests."""

from fiksreg.embedded.childprocesses import Child, ChildFailed, Program, free_port
from fiksreg.embedded.postgres import Postgres, PostgresPasswords
from fiksreg.embedded.valkey import Valkey

__all__ = ["Child", "ChildFailed", "Postgres", "PostgresPasswords", "Program", "Valkey", "free_port"]
