import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import jwt
import pytest

from integrations.folkeregisteret.auth import TokenSource
from integrations.folkeregisteret.errors import (
    Busy,
    FolkeregisterError,
    Refused,
    Unavailable,
    Unconfigured,
    UnexpectedAnswer,
)
from tests.integrations.folkeregisteret.register import KEY, Register, tokens

SCOPE = "folkeregister:deling/offentligmedhjemmel"


class Cache:
    """A cache that other processes share."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, int]] = {}

    def get(self, key: str) -> str | None:
        return self.kept[key][0] if key in self.kept else None

    def set(self, key: str, value: str, seconds: int) -> None:
        self.kept[key] = (value, seconds)


def register() -> Register:
    return Register(httpx.Response(200, json={}))


def lasting(seconds: int) -> httpx.Response:
    return httpx.Response(200, json={"access_token": "a-token", "expires_in": seconds})


def test_the_grant_is_signed_by_us_for_maskinporten_and_names_the_scope_and_no_resource() -> None:
    asked = register()
    tokens(asked).token(SCOPE)
    assert asked.grants[0]["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
    assertion = asked.grants[0]["assertion"][0]
    claims = jwt.decode(
        assertion,
        KEY.public_key(),
        algorithms=["RS256"],
        audience="https://maskinporten.example/",
        issuer="fiksreg-test",
    )
    assert jwt.get_unverified_header(assertion)["kid"] == "key-1"
    assert claims["scope"] == SCOPE
    assert claims["exp"] - claims["iat"] <= 120
    assert "resource" not in claims


def test_a_token_is_fetched_once_and_each_scope_has_its_own() -> None:
    asked = register()
    source = tokens(asked)
    assert [source.token(SCOPE), source.token(SCOPE), source.token("another")] == ["token-1", "token-1", "token-2"]


def test_a_token_about_to_expire_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    source = tokens(register())
    source.token(SCOPE)
    started = time.time()
    monkeypatch.setattr(time, "time", lambda: started + 101)
    assert source.token(SCOPE) == "token-2"


def test_fifty_threads_without_a_token_fetch_it_once() -> None:
    asked = register()
    source, together = tokens(asked), threading.Barrier(50)

    def fetched(_: int) -> str:
        together.wait()
        return source.token(SCOPE)

    with ThreadPoolExecutor(50) as pool:
        assert set(pool.map(fetched, range(50))) == {"token-1"}
    assert len(asked.grants) == 1


def test_processes_share_a_token_through_the_cache() -> None:
    asked, cache = register(), Cache()
    assert tokens(asked, cache=cache).token(SCOPE) == tokens(asked, cache=cache).token(SCOPE) == "token-1"
    assert all(0 < seconds <= 120 for _, seconds in cache.kept.values())


def test_a_cache_that_holds_something_else_is_ignored() -> None:
    asked, cache = register(), Cache()
    for text in ("", "nonsense", "12 old-token", "9999999999 "):
        cache.kept = {f"maskinporten:fiksreg-test:{SCOPE}:": (text, 60)}
        assert tokens(asked, cache=cache).token(SCOPE).startswith("token-")


def test_a_forgotten_token_is_forgotten_by_other_processes_too() -> None:
    asked, cache = register(), Cache()
    source = tokens(asked, cache=cache)
    source.forget(SCOPE, source.token(SCOPE))
    assert tokens(asked, cache=cache).token(SCOPE) == "token-2"


def test_a_token_another_thread_has_already_replaced_is_kept() -> None:
    source = tokens(register())
    source.token(SCOPE)
    source.forget(SCOPE, "an-older-token")
    assert source.token(SCOPE) == "token-1"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(400, json={"error": "invalid_grant", "error_description": "a-secret"}), Refused),
        (httpx.Response(401, json={"error": "invalid_client"}), Refused),
        (httpx.Response(429, headers={"Retry-After": "1000"}), Busy),
        (httpx.Response(503), Unavailable),
        (httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<html>"), UnexpectedAnswer),
        (httpx.Response(200, json={"access_token": ""}), UnexpectedAnswer),
        (httpx.Response(200, json={"access_token": 5, "expires_in": 120}), UnexpectedAnswer),
        (httpx.Response(302, headers={"Location": "https://other.example/"}), UnexpectedAnswer),
    ],
    ids=str,
)
def test_a_token_that_is_not_given_is_a_typed_error(answer: httpx.Response, kind: type[FolkeregisterError]) -> None:
    with pytest.raises(FolkeregisterError) as raised:
        tokens(lambda _: answer).token(SCOPE)
    assert type(raised.value) is kind
    assert "secret" not in repr(raised.value)


def test_maskinporten_out_of_reach_is_unavailable() -> None:
    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("", request=request)

    with pytest.raises(Unavailable):
        tokens(unreachable).token(SCOPE)


@pytest.mark.parametrize("key", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_a_key_that_cannot_sign_is_said_at_the_start(key: str) -> None:
    with pytest.raises(Unconfigured):
        TokenSource(endpoint="https://x.example", audience="a", client_id="c", private_key=key, key_id="k")


def test_a_token_stays_out_of_sight() -> None:
    source = tokens(lambda _: lasting(120))
    source.token(SCOPE)
    assert "a-token" not in repr(vars(source))
