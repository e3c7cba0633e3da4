"""Each profile against the tokens that its provider documents or is known to send: one row for each, with its
source."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from roles.login.profiles import PROFILES
from roles.models import Employee, Organisation
from tests.roles.provider import Browser, Provider, refusals

pytestmark = pytest.mark.django_db

_PID = "17818830041"  # synthetic
_ID_PORTEN = "docs.digdir.no, ID-porten, id_token"
_DIGDIR_RAR = "docs.digdir.no, Ansattporten, RAR-typer"
_ENTRA = "learn.microsoft.com, Entra, id token claims reference"
_CORE = "OpenID Connect Core 1.0"
_RSA = {"kty": "RSA", "use": "sig", "kid": "another", "n": "AQAB", "e": "AQAB"}


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The claims that a provider sends. refused: why the login is refused, "" when it is not."""

    what: str
    source: str
    profile: str
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    signed_userinfo: dict[str, Any] | None = None
    asks_userinfo: bool = True
    more_keys: tuple[Any, ...] = ()
    required_acr: tuple[str, ...] | None = None
    refused: str = ""

    def __str__(self) -> str:
        return f"{self.profile or 'any'}: {self.what}"


def _entra(what: str, **sent: Any) -> Sent:
    claims = {"oid": "3f1c", "ver": "2.0", **sent.pop("claims", {})}
    return Sent(what=what, profile="entra", claims=claims, **{"source": _ENTRA, **sent})


def _id_porten(what: str, acr: str | None = "idporten-loa-high", **sent: Any) -> Sent:
    claims = {"pid": _PID, "acr": acr, "amr": ["BankID"], "sid": "session-1", **sent.pop("claims", {})}
    return Sent(what=what, profile="id-porten", claims=claims, **{"source": _ID_PORTEN, **sent})


def _ansattporten(what: str, acr: str | None = "high", **sent: Any) -> Sent:
    claims = {"pid": _PID, "acr": acr, **sent.pop("claims", {})}
    return Sent(what=what, profile="ansattporten", claims=claims, **{"source": "docs.digdir.no, Ansattporten", **sent})


def _from_now(seconds: float) -> Callable[[], float]:
    """A time in a token, in seconds from the moment when the token is sent."""
    return lambda: int(time()) + seconds


def _ago(seconds: int) -> dict[str, Callable[[], float]]:
    """The times in Entra's token: iat and nbf five minutes before it was made, and exp about an hour after."""
    return {"iat": _from_now(-seconds), "nbf": _from_now(-seconds), "exp": _from_now(3900 - seconds)}


SENT = [
    _entra("iat and nbf five minutes back", claims=_ago(300)),
    _entra("five minutes back, and made four minutes ago", claims=_ago(540)),
    _entra("kept for ten minutes and more", claims=_ago(300 + 300 + 60), refused="too-old"),
    _entra("exp as a decimal number", claims={"exp": _from_now(600.5)}, source="RFC 7519, NumericDate"),
    _entra("no sid: it is an optional claim", claims={"sid": None}),
    _entra("nbf a little ahead of our clock", claims={"nbf": _from_now(20)}),
    _entra("iat a little ahead of our clock", claims={"iat": _from_now(20)}),
    _entra("no userinfo asked for: the id token holds it all", asks_userinfo=False, claims={"name": "Ansatt"}),
    _entra("amr left out in v2.0 tokens", claims={"amr": None}),
    _entra("keys with x5c, issuer and no alg", more_keys=({**_RSA, "x5c": ["AA=="], "issuer": "https://x/v2.0"},)),
    _id_porten("level high"),
    _id_porten("level high by the name it had before", acr="Level4", source="docs.digdir.no, ID-porten, oidc_old"),
    _id_porten("level substantial", acr="idporten-loa-substantial", refused="assurance-level"),
    _id_porten("level substantial by its former name", acr="Level3", refused="assurance-level"),
    _id_porten("no level at all", acr=None, refused="assurance-level"),
    _id_porten("a level of a name nobody knows", acr="idporten-loa-top", refused="assurance-level"),
    _id_porten("a level that is no word", claims={"acr": ["idporten-loa-high"]}, refused="assurance-level"),
    _id_porten(
        "a higher level than the one that is required",
        required_acr=("idporten-loa-substantial",),
        source="docs.digdir.no, ID-porten, acr_values is the lowest level",
    ),
    _id_porten("the method as a single word", claims={"amr": "BankID"}, source="docs.digdir.no, ID-porten, oidc_old"),
    _id_porten("userinfo signed, without nonce and times", signed_userinfo={}, source=f"{_CORE}, 5.3.2"),
    _id_porten("iat five minutes back, as nobody but Entra does", claims=_ago(400), refused="too-old"),
    _id_porten("one signed userinfo for somebody else", signed_userinfo={"sub": "another"}, refused="subject-mismatch"),
    _id_porten("one signed userinfo for another client", signed_userinfo={"aud": "another"}, refused="invalid-token"),
    _id_porten("one from another issuer", signed_userinfo={"iss": "https://other.example"}, refused="invalid-token"),
    _id_porten("one without an issuer", signed_userinfo={"iss": None}, refused="invalid-token"),
    _ansattporten("level high"),
    _ansattporten("level substantial where high is required", acr="substantial", refused="assurance-level"),
    _ansattporten("level high where substantial is required", required_acr=("substantial",)),
    _ansattporten("Entra's login where it is accepted", acr="entraid", required_acr=("entraid",)),
    _ansattporten("Entra's login where a person's own eID is required", acr="entraid", refused="assurance-level"),
    Sent(what="userinfo without a nonce", source=f"{_CORE}, 5.3.2", profile="", userinfo={"nonce": None}),
    Sent(
        what="an ML-DSA key", source="RFC 9964, AKP keys", profile="", more_keys=({"kty": "AKP", "alg": "ML-DSA-65"},)
    ),
    Sent(
        what="keys of other kinds",
        source="RFC 7517: unknown ones are ignored",
        profile="",
        more_keys=(
            {"kty": "OKP", "crv": "X448", "x": "AA"},
            {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA"},
            {"kty": "RSA", "use": "enc", "kid": "key-1", "n": "AQAB", "e": "AQAB"},
            {"kty": "RSA", "alg": "RSA-OAEP", "kid": "key-1", "n": "AQAB", "e": "AQAB"},
            {"kty": "oct", "kid": "key-1", "k": "AA"},
            {"kty": "RSA", "kid": "broken", "n": "!", "e": 3},
            {"kid": "without a kind"},
            "no object",
            None,
            7,
        ),
    ),
    Sent(
        what="another key of the same name and another kind",
        source="seen at providers that change algorithms",
        profile="",
        more_keys=(
            {"kty": "EC", "crv": "P-256", "kid": "key-1", "x": "AA", "y": "AA"},
            {**_RSA, "kid": "key-1", "alg": "PS256"},
        ),
    ),
]


@pytest.mark.parametrize("sent", SENT, ids=str)
def test_each_providers_token_logs_in_or_is_refused(
    browser: Browser, provider: Provider, settings: Settings, sent: Sent
) -> None:
    profile = PROFILES[sent.profile]
    settings.OIDC_LOGIN_PROFILE = profile
    settings.OIDC_REQUIRED_ACR = [*(profile.required_acr if sent.required_acr is None else sent.required_acr)]
    provider.claims = {name: value() if callable(value) else value for name, value in sent.claims.items()}
    provider.signed_userinfo, provider.more_keys = sent.signed_userinfo, [*sent.more_keys]
    provider.userinfo |= sent.userinfo or {}
    if not sent.asks_userinfo:
        settings.OIDC_OP_USER_ENDPOINT, provider.userinfo = "", {}
    browser.log_in()
    assert refusals() == ([sent.refused] if sent.refused else [])
    assert browser.is_logged_in is (not sent.refused)
    assert all(employee.display_name for employee in Employee.objects.all())


_RESOURCE = {"type": "ansattporten:altinn:resource", "resource": "urn:altinn:resource:fiksreg"}
_SERVICE = {"type": "ansattporten:altinn:service", "resource": "urn:altinn:resource:2480:40"}
_EMPLOYER = {"type": "ansattporten:orgno"}


def _party(number: str = "310000019", prefix: str = "0192:") -> dict[str, Any]:
    return {"authority": "iso6523-actorid-upis", "ID": f"{prefix}{number}"}


SAID: dict[str, tuple[dict[str, str], object, bool]] = {
    "resource": (_RESOURCE, [{**_RESOURCE, "authorized_parties": [{"orgno": _party(), "name": "X"}]}], True),
    "service": (_SERVICE, [{**_SERVICE, "reportees": [{**_party(), "Name": "X", "Rights": ["Read"]}]}], True),
    "employer": (_EMPLOYER, [{**_EMPLOYER, "authorized_parties": [{"orgno": _party()}]}], True),
    "employer, as it was before": (_EMPLOYER, [{**_EMPLOYER, "orgno": _party()}], True),
    "the same one twice": (_SERVICE, [{**_SERVICE, "reportees": [_party(), _party()]}], True),
    "acting for oneself": (_RESOURCE, [{**_RESOURCE}], False),
    "two organisations": (_SERVICE, [{**_SERVICE, "reportees": [_party(), _party("310000027")]}], False),
    "another resource": (
        _RESOURCE,
        [{**_RESOURCE, "resource": "x", "authorized_parties": [{"orgno": _party()}]}],
        False,
    ),
    "another type": (_EMPLOYER, [{**_SERVICE, "reportees": [_party()]}], False),
    "a foreign register": (_EMPLOYER, [{**_EMPLOYER, "orgno": _party(prefix="0007:")}], False),
    "no list": (_EMPLOYER, {**_EMPLOYER, "orgno": _party()}, False),
    "odd values": (
        _EMPLOYER,
        [None, 1, "x", {**_EMPLOYER, "orgno": "310000019"}, {**_EMPLOYER, "orgno": {"ID": 1}}],
        False,
    ),
    "nothing said": (_EMPLOYER, None, False),
}


@pytest.mark.parametrize(("asked", "said", "is_placed"), SAID.values(), ids=SAID.keys())
def test_an_employee_who_chooses_an_organisation_at_ansattporten_is_placed_in_it(
    provider: Provider, settings: Settings, asked: dict[str, str], said: object, is_placed: bool
) -> None:
    home, other = (
        Organisation.objects.create(name=name, organisation_number=number, kind="KOMMUNE")
        for name, number in (("Havbris kommune", "310000019"), ("Fjellro kommune", "310000027"))
    )
    settings.OIDC_AUTHORIZATION_DETAILS = [asked]
    provider.claims = {"authorization_details": said}
    Browser(Client(), provider).log_in()
    assert Employee.objects.get().organisation == (home if is_placed else None)
    assert not other.employees.exists()


def test_the_request_for_an_organisation_to_act_for_is_sent_with_the_login(
    browser: Browser, settings: Settings
) -> None:
    assert "authorization_details" not in browser.begin()
    settings.OIDC_AUTHORIZATION_DETAILS = [_RESOURCE]
    asked = browser.begin()["authorization_details"]
    assert asked == '[{"type":"ansattporten:altinn:resource","resource":"urn:altinn:resource:fiksreg"}]'


def test_authorization_details_that_were_not_asked_for_are_not_read(browser: Browser, provider: Provider) -> None:
    Organisation.objects.create(name="Havbris kommune", organisation_number="310000019", kind="KOMMUNE")
    provider.claims = {"authorization_details": [{**_EMPLOYER, "orgno": _party()}]}
    browser.log_in()
    assert Employee.objects.get().organisation is None
