"""The database backend (settings.DATABASES): Django finds it by this file's name and the class's."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that the server has cut while it lay in the pool is seen by its socket, and replaced unused.

    Django's own check (CONN_HEALTH_CHECKS) is a statement each time one is taken, which is several times a request.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Raises OperationalError where the server cannot be reached."""
        connection = super().get_new_connection(conn_params)
        if not is_cut(connection):
            return connection
        self.pool.putconn(connection)
        self.pool.drain()  # lost with the server, as a rule, so are the others
        return super().get_new_connection(conn_params)


def is_cut(connection: "psycopg.Connection[Any]") -> bool:
    """Whether the server has hung up, told from what has arrived. What it said besides (a notice) is taken in."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    try:
        while waiting.poll(0):
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        connection.close()
        return True
    return False
