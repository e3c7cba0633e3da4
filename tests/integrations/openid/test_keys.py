"""The keys an identity provider publishes, over real HTTP: a list, or an error that bears its name."""

import time
from collections.abc import Iterator

import pytest

from integrations.http.errors import Cause, PartyError, Refused, Unavailable, UnexpectedAnswer
from integrations.openid.keys import MOST_BYTES, published_keys
from tests.roles.provider import Provider, running

WITHIN = 2.0


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as provider:
        yield provider


def address(provider: Provider) -> str:
    return f"{provider.issuer}/jwks"


def test_the_keys_are_those_that_are_published(provider: Provider) -> None:
    assert [key["kid"] for key in published_keys(address(provider), within=WITHIN)] == ["key-1"]


@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [(500, Unavailable, True), (503, Unavailable, True), (404, Refused, False), (302, Refused, False)],
)
def test_a_status_says_whether_it_may_pass(
    provider: Provider, status: int, kind: type[PartyError], retryable: bool
) -> None:
    provider.keys_status = status
    with pytest.raises(kind) as raised:
        published_keys(address(provider), within=WITHIN)
    assert (raised.value.status, raised.value.retryable) == (status, retryable)
    assert str(raised.value).startswith("identity provider: ")


@pytest.mark.parametrize("answer", [{}, {"keys": "none"}, []])
def test_what_is_no_key_set_is_no_answer(provider: Provider, monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    monkeypatch.setattr(provider, "keys", lambda: answer)
    with pytest.raises(UnexpectedAnswer):
        published_keys(address(provider), within=WITHIN)


def test_more_than_any_key_set_is_not_read(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "keys", lambda: {"keys": ["x" * MOST_BYTES]})
    with pytest.raises(UnexpectedAnswer) as raised:
        published_keys(address(provider), within=WITHIN)
    assert raised.value.cause is Cause.TOO_LARGE


def test_after_five_failures_nobody_waits_for_a_provider_that_is_away() -> None:
    nowhere = "http://127.0.0.1:1/keys-that-no-other-test-asks-for"
    for _failure in range(5):
        with pytest.raises(Unavailable) as raised:
            published_keys(nowhere, within=WITHIN)
        assert raised.value.cause is Cause.NO_CONNECTION
    begun = time.monotonic()
    with pytest.raises(Unavailable) as raised:
        published_keys(nowhere, within=WITHIN)
    assert raised.value.cause is Cause.BREAKER_OPEN
    assert time.monotonic() - begun < WITHIN
