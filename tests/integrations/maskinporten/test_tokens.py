import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import jwt
import pytest

from integrations.http.errors import Busy, PartyError, Refused, Unavailable, Unconfigured, UnexpectedAnswer
from integrations.maskinporten.tokens import TokenSource
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
def test_a_token_that_is_not_given_is_a_typed_error(answer: httpx.Response, kind: type[PartyError]) -> None:
    with pytest.raises(PartyError) as raised:
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


def test_a_token_is_had_for_each_organisation_that_delegated() -> None:
    asked = register()
    source = tokens(asked)
    had = [source.token(SCOPE, consumer_org=number) for number in ("310000019", "310000027", "310000019", "")]
    assert had == ["token-1", "token-2", "token-1", "token-3"]
    claims = [jwt.decode(grant["assertion"][0], options={"verify_signature": False}) for grant in asked.grants]
    assert [each.get("consumer_org") for each in claims] == ["310000019", "310000027", None]


def test_one_organisations_token_is_never_anothers_in_the_shared_cache() -> None:
    asked, cache = register(), Cache()
    assert tokens(asked, cache=cache).token(SCOPE, consumer_org="310000019") == "token-1"
    assert tokens(asked, cache=cache).token(SCOPE, consumer_org="310000027") == "token-2"
    assert tokens(asked, cache=cache).token(SCOPE) == "token-3"


#: A token of two minutes is good for a hundred seconds, and renewed between the seventieth and the eighty-fifth.
RENEWED, GOOD = 90, 100


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: now)


def test_a_token_is_renewed_before_it_expires_by_one_caller_while_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    renewing, others_done, asked = threading.Event(), threading.Event(), register()

    def slow_the_second_time(request: httpx.Request) -> httpx.Response:
        if asked.grants:
            renewing.set()
            assert others_done.wait(10)
        return asked(request)

    source = tokens(slow_the_second_time)
    source.token(SCOPE)
    later(monkeypatch, RENEWED)
    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(source.token, SCOPE)
        assert renewing.wait(10)
        assert {source.token(SCOPE) for _ in range(20)} == {"token-1"}
        others_done.set()
        assert one.result(10) == "token-2"
    assert source.token(SCOPE) == "token-2"
    assert len(asked.grants) == 2


def test_a_renewal_that_fails_costs_nobody_the_token_that_is_still_good(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [lasting(120), httpx.Response(503)]
    asked: list[httpx.Request] = []

    def once(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answers[min(len(asked), 2) - 1]

    source = tokens(once)
    source.token(SCOPE)
    later(monkeypatch, RENEWED)
    assert {source.token(SCOPE) for _ in range(20)} == {"a-token"}
    assert len(asked) == 2, "and is not tried again at once"
    later(monkeypatch, GOOD - RENEWED + 1)
    with pytest.raises(Unavailable):
        source.token(SCOPE)


def test_a_token_that_another_process_renewed_is_found_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, cache = register(), Cache()
    one, other = tokens(asked, cache=cache), tokens(asked, cache=cache)
    assert one.token(SCOPE) == other.token(SCOPE) == "token-1"
    later(monkeypatch, RENEWED)
    assert one.token(SCOPE) == other.token(SCOPE) == "token-2"
    assert len(asked.grants) == 2
