"""A store that does not answer, and an error of ours: only the first offers to repeat the request."""

import pytest
import redis
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError
from django.test import Client, RequestFactory
from psycopg.errors import InFailedSqlTransaction, ReadOnlySqlTransaction

from fiksreg.pages import away


def caused_by(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


AWAY = [
    OperationalError("the connection is lost"),
    InterfaceError("the connection is closed"),
    redis.ConnectionError("refused"),
    redis.TimeoutError("too late"),
    caused_by(InternalError("read-only"), ReadOnlySqlTransaction("read-only")),
]
OURS = [
    ProgrammingError("no such table"),
    ValueError("none of it"),
    caused_by(InternalError("aborted"), InFailedSqlTransaction("aborted")),
]


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error.__cause__ or error).__name__)
def test_a_request_that_may_succeed_in_a_moment_can_be_repeated(error: Exception, rf: RequestFactory) -> None:
    assert away.is_away(error)
    page = away.page(rf.post("/oppslag/", {"purpose": "Sak"}, content_type="application/x-www-form-urlencoded"), error)
    assert (page.status_code, page.headers["Cache-Control"]) == (503, "no-store")
    assert int(page.headers["Retry-After"]) > 0


@pytest.mark.parametrize("error", OURS, ids=lambda error: type(error).__name__)
def test_a_fault_of_ours_is_called_one(error: Exception) -> None:
    assert not away.is_away(error)


@pytest.mark.django_db
def test_an_error_outside_a_view_gives_the_same_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_arguments: object) -> None:
        raise OperationalError("the connection is lost")

    client.raise_request_exception = False
    monkeypatch.setattr("fiksreg.middleware.SessionLimitsMiddleware.__call__", lost)
    page = client.get("/oppslag/", {"a": "1"})
    assert page.status_code == 503
    assert '<input type="hidden" name="a" value="1">' in page.content.decode()
