"""Connections to PostgreSQL: each process has a limit, and threads with a connection do not block each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from fiksreg import health
from fiksreg.connections import Usage, usage
from fiksreg.databases import AUDIT_CONNECTIONS, FEWEST, pools
from fiksreg.streaming import LetGoWhileStreamingMiddleware
from roles.actors import system
from roles.audit import Entry, Event, append
from roles.connections import ALIASES
from tests.waiting import until

AT_ONCE = 20


@pytest.mark.parametrize("most", [FEWEST, 12, 40])
def test_both_pools_together_hold_no_more_than_the_process_may(most: int) -> None:
    assert sum(pool["max_size"] for pool in pools(most).values()) == most
    assert pools(most)["audit"]["max_size"] == AUDIT_CONNECTIONS


def test_a_process_that_may_hold_too_few_to_answer_a_page_does_not_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="FIKSREG_DATABASE_CONNECTIONS must be at least 6"):
        pools(FEWEST - 1)


@pytest.fixture
def entry() -> Entry:
    return Entry(event=Event.FILE_DOWNLOADED, actor=system("clock"), organisation_id=None)


@pytest.mark.django_db
def test_threads_that_hold_a_connection_can_still_log(entry: Entry) -> None:
    """Threads that each hold a connection of "default", five times as many as the log has connections."""
    all_have_one = Barrier(AT_ONCE)

    def looks_and_logs() -> int:
        try:
            connection.ensure_connection()
            all_have_one.wait(timeout=10)
            return append(entry, on="audit").seq
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        entries = [threads.submit(looks_and_logs) for _ in range(AT_ONCE)]
    assert len({logged.result() for logged in entries}) == AT_ONCE
    until(lambda: usage("audit").in_use == 0)


@pytest.fixture
def streamed(rf: RequestFactory) -> Iterator[bytes]:
    """An answer in pieces that looked something up before each."""

    def pieces() -> Iterator[bytes]:
        for piece in (b"one", b"two"):
            connection.ensure_connection()
            yield piece

    def answer(_request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        return StreamingHttpResponse(pieces())

    response = LetGoWhileStreamingMiddleware(answer)(rf.get("/"))
    assert isinstance(response, StreamingHttpResponse)
    return iter(response)


@pytest.mark.django_db
def test_a_file_on_its_way_holds_no_connection_between_two_pieces(streamed: Iterator[bytes]) -> None:
    connections.close_all()
    assert next(streamed) == b"one"
    until(lambda: [usage(alias).in_use for alias in ALIASES] == [0, 0])
    assert next(streamed) == b"two"


@pytest.mark.django_db
def test_readiness_counts_what_is_in_use(client: Client) -> None:
    connections.close_all()
    told = client.get("/readyz").json()["checks"]["connections"]
    assert told["ok"]
    assert told["detail"].endswith(" of 100 in use")


def test_a_used_up_pool_with_somebody_waiting_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "usage", lambda _alias: Usage(most=8, in_use=8, waiting=3))
    assert health.run(health.CHECKS)["connections"] == health.Health(ok=False, detail="all 8 in use, 3 waiting")
