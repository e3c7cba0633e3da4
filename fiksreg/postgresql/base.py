"""The database backend (settings.DATABASES): Django finds it by this file's name and the class's."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Replaces a pooled connection that the server has closed. It finds out by the socket.

    Django's own check (CONN_HEALTH_CHECKS) sends a statement each time a connection is taken, several times a request.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A working connection. Raises OperationalError when the server cannot be reached."""
        connection = super().get_new_connection(conn_params)
        if not is_cut(connection):
            return connection
        self.pool.putconn(connection)
        self.pool.drain()  # usually the server went away, so the other connections are lost too
        return super().get_new_connection(conn_params)


def is_cut(connection: "psycopg.Connection[Any]") -> bool:
    """Whether the server has closed the connection, by what has arrived on its socket. Notices are read on the way."""
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    try:
        while waiting.poll(0):
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        connection.close()
        return True
    return False
