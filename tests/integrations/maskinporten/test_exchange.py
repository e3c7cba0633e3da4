"""Maskinporten's addresses can come from its metadata, which is accepted only for its own issuer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from integrations.http.errors import Cause, PartyError, Refused, Unavailable, Unconfigured, UnexpectedAnswer
from integrations.maskinporten.tokens import TokenSource
from tests.integrations.folkeregisteret.register import PEM, Answers

ISSUER = "https://maskinporten.example/"
WELL_KNOWN = f"{ISSUER}.well-known/oauth-authorization-server"
METADATA = {"issuer": ISSUER, "token_endpoint": f"{ISSUER}token", "jwks_uri": f"{ISSUER}jwks"}


class Maskinporten:
    """Answers with metadata and tokens, and remembers where it was asked."""

    def __init__(self, metadata: httpx.Response | None = None) -> None:
        self.asked: list[str] = []
        self._metadata = metadata or httpx.Response(200, json=METADATA)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if str(request.url) == WELL_KNOWN:
            return httpx.Response(200, headers=self._metadata.headers, content=self._metadata.content)
        return httpx.Response(200, json={"access_token": "a-token", "expires_in": 120})


def source(answers: Answers, well_known: str = WELL_KNOWN) -> TokenSource:
    return TokenSource(
        well_known=well_known,
        client_id="us",
        private_key=PEM,
        key_id="key-1",
        http=httpx.Client(transport=httpx.MockTransport(answers)),
    )


def test_the_metadata_is_read_once_and_says_where_tokens_are_had() -> None:
    maskinporten = Maskinporten()
    tokens = source(maskinporten)
    assert [tokens.token("one"), tokens.token("other")] == ["a-token", "a-token"]
    assert maskinporten.asked == [WELL_KNOWN, f"{ISSUER}token", f"{ISSUER}token"]


@pytest.mark.parametrize(
    "metadata",
    [
        httpx.Response(200, json={**METADATA, "issuer": "https://another.example/"}),
        httpx.Response(200, json={"issuer": ISSUER}),
        httpx.Response(200, json=[]),
        httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<html>"),
    ],
    ids=["another's", "half", "no object", "a page"],
)
def test_metadata_that_is_not_maskinportens_own_is_not_believed(metadata: httpx.Response) -> None:
    maskinporten = Maskinporten(metadata)
    with pytest.raises(UnexpectedAnswer) as raised:
        source(maskinporten).token("one")
    assert raised.value.cause is Cause.NO_ACCESS
    assert maskinporten.asked == [WELL_KNOWN]


@pytest.mark.parametrize("address", ["", ISSUER, "https://maskinporten.example/jwks"])
def test_a_client_without_endpoint_and_metadata_is_unconfigured(address: str) -> None:
    with pytest.raises(Unconfigured):
        source(Maskinporten(), address)


@pytest.mark.parametrize(
    ("status", "kind"), [(400, Refused), (401, Refused), (403, Refused), (500, Unavailable), (302, UnexpectedAnswer)]
)
def test_every_refusal_of_a_token_says_that_it_was_not_the_register(status: int, kind: type[PartyError]) -> None:
    with pytest.raises(PartyError) as raised:
        source(lambda _: httpx.Response(status)).token("one")
    assert (type(raised.value), raised.value.cause, raised.value.sent) == (kind, Cause.NO_ACCESS, False)


def test_a_maskinporten_that_is_down_is_asked_no_more_for_a_while() -> None:
    asked: list[httpx.Request] = []

    def down(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(503)

    tokens = source(down)
    for _ in range(8):
        with pytest.raises(Unavailable):
            tokens.token("one")
    assert len(asked) == 5


def test_a_caller_without_time_to_wait_for_another_thread_gets_an_error() -> None:
    fetching, told = threading.Event(), threading.Event()

    def slow(request: httpx.Request) -> httpx.Response:
        fetching.set()
        assert told.wait(10)
        return Maskinporten()(request)

    tokens = source(slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(tokens.token, "one", within=20)
        assert fetching.wait(10)
        with pytest.raises(Unavailable):
            tokens.token("one", within=0.01)
        told.set()
        assert first.result(10) == "a-token"
