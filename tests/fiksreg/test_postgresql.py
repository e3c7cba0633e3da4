"""A pooled connection is checked without a statement, and its statements are planned once."""

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from fiksreg.embedded.databases import SUPERUSER
from fiksreg.postgresql.base import is_cut
from tests.services import Services
from tests.statements import statements_sent
from tests.waiting import until

pytestmark = pytest.mark.django_db


def backend() -> int:
    """The server's process behind the connection in hand, which then goes back to its pool."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    connection.close()
    return int(pid)


def test_taking_a_connection_sends_nothing() -> None:
    backend()
    with statements_sent() as sent:
        backend()
    assert sent == ["SELECT pg_backend_pid()"]


def test_a_connection_that_the_server_has_closed_is_replaced_silently(running: Services) -> None:
    first = backend()
    with running.postgres.connect(SUPERUSER, "fiksreg") as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s)", [first])
        until(lambda: not superuser.execute("SELECT FROM pg_stat_activity WHERE pid = %s", [first]).fetchall())
    assert backend() != first


def test_a_connection_with_a_notice_is_kept(running: Services) -> None:
    with psycopg.connect(running.environment["DATABASE_OWNER_URL"], autocommit=True) as listening:
        listening.execute("LISTEN heard")
        with running.postgres.connect(SUPERUSER, "fiksreg") as superuser:
            superuser.execute(sql.SQL("NOTIFY heard"))
        until(lambda: [*listening.notifies(timeout=0.1, stop_after=1)] != [])
        with running.postgres.connect(SUPERUSER, "fiksreg") as superuser:
            superuser.execute(sql.SQL("NOTIFY heard"))
        assert not is_cut(listening)
        assert listening.execute("SELECT 1").fetchone() == (1,)


def test_a_statement_met_often_is_planned_once() -> None:
    with connection.cursor() as cursor:
        for _ in range(7):
            cursor.execute("SELECT role FROM roles_held(%s, now(), current_date)", [None])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%FROM roles_held(%%'", [])
        (planned,) = cursor.fetchone()
    assert planned == 1
