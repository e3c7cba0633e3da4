"""The provider's keys are cached for a limited time, and no token sent to us makes us ask more often than allowed."""

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from pytest_django import Settings

from roles.login import providerkeys
from roles.login.providerkeys import BETWEEN_SECONDS, FRESH_SECONDS, USABLE_SECONDS, NoKeys, keys_at
from tests.roles import provider as providers
from tests.roles.provider import Browser, Provider, refusals


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(providerkeys, "monotonic", clock)
    return clock


def names(settings: Settings, key_id: str | None = "key-1") -> list[str | None]:
    return [key.key_id for key in keys_at(settings.OIDC_OP_JWKS_ENDPOINT).named(key_id)]


def test_keys_are_asked_for_once_and_again_when_they_are_no_longer_fresh(
    provider: Provider, settings: Settings, clock: Clock
) -> None:
    for _login in range(3):
        assert names(settings) == ["key-1"]
    assert provider.key_requests == 1
    clock.now += FRESH_SECONDS
    assert names(settings) == ["key-1"]
    assert provider.key_requests == 2


def test_a_key_we_do_not_know_is_asked_for_and_found_when_the_provider_has_changed_keys(
    provider: Provider, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names(settings) == ["key-1"]
    published = provider.keys()["keys"]
    monkeypatch.setattr(provider, "keys", lambda: {"keys": [{**published[0], "kid": "key-2"}]})
    clock.now += BETWEEN_SECONDS
    assert names(settings, "key-2") == ["key-2"]
    assert names(settings, "key-1") == []


def test_a_thousand_unknown_tokens_make_us_ask_no_more_often_than_one(
    provider: Provider, settings: Settings, clock: Clock
) -> None:
    for number in range(1000):
        assert names(settings, f"strange-{number}") == []
    assert provider.key_requests == 1
    clock.now += BETWEEN_SECONDS
    assert names(settings, "strange") == []
    assert provider.key_requests == 2


def test_keys_are_believed_for_an_hour_while_nobody_answers_and_no_longer(
    provider: Provider, settings: Settings, clock: Clock
) -> None:
    assert names(settings) == ["key-1"]
    provider.status = 500
    clock.now += USABLE_SECONDS - 1
    assert names(settings) == ["key-1"]
    clock.now += 1
    with pytest.raises(NoKeys):
        names(settings)
    assert provider.key_requests == 2


def test_a_login_does_not_wait_again_for_keys_that_just_could_not_be_fetched(
    provider: Provider, settings: Settings, clock: Clock
) -> None:
    provider.status = 500
    for _login in range(3):
        with pytest.raises(NoKeys):
            names(settings)
    assert provider.key_requests == 1
    provider.status = 200
    clock.now += BETWEEN_SECONDS
    assert names(settings) == ["key-1"]


@pytest.mark.parametrize("answer", [{}, {"keys": []}, {"keys": "none"}, [], {"keys": [{"kty": "unheard-of"}]}])
def test_an_answer_without_usable_keys_is_no_answer(
    provider: Provider, settings: Settings, monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    monkeypatch.setattr(provider, "keys", lambda: answer)
    with pytest.raises(NoKeys):
        names(settings)


def test_for_a_token_that_names_no_key_every_key_is_returned(provider: Provider, settings: Settings) -> None:
    assert names(settings, None) == ["key-1"]


@pytest.mark.django_db
def test_a_login_works_while_the_keys_cannot_be_fetched(browser: Browser, provider: Provider, clock: Clock) -> None:
    assert browser.log_in() == 302
    provider.keys_status = 500
    clock.now += FRESH_SECONDS
    browser.client.post("/logg-ut")
    assert browser.log_in() == 302
    clock.now += USABLE_SECONDS
    browser.client.post("/logg-ut")
    assert browser.log_in() == 403
    assert refusals() == ["provider-unavailable"]


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "status"), [(providers.KEY, 302), (providers.STRANGERS_KEY, 403)])
def test_a_token_without_a_keys_name_is_checked_all_the_same(
    browser: Browser, provider: Provider, key: RSAPrivateKey, status: int
) -> None:
    provider.key, provider.key_id = key, None
    assert browser.log_in() == status
