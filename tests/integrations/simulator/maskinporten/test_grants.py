"""Right grants, and grants that are wrong in one way each."""

import time
from uuid import uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.integrations.simulator.door import (
    ADDRESS,
    CLIENT,
    KEY_ID,
    ORGANISATION,
    WITH,
    WITHOUT,
    Door,
    grant,
    scope_of,
)
from tests.integrations.simulator.maskinporten.keys import private_pem, public_pem

NEIGHBOUR = "310000027"


@pytest.fixture(scope="module")
def other_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def explained(answer: httpx.Response) -> tuple[int, str, str]:
    """The status, the error, and Maskinporten's own code."""
    content = answer.json()
    assert set(content) <= {"error", "error_description", "error_uri"}
    return answer.status_code, content["error"], content.get("error_uri", "").rpartition("/")[2]


def test_a_right_grant_gives_a_short_lived_token_for_its_scope(door: Door, key_pair: tuple[str, str]) -> None:
    answer = door.ask_token(grant(key_pair[0])).json()
    assert answer["token_type"] == "Bearer"
    assert answer["scope"] == scope_of(WITH)
    assert 0 < answer["expires_in"] <= 120


def test_a_token_opens_its_own_package_only(door: Door, cases: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {door.token(WITHOUT)}"}
    answer = door.get(f"/personer/{cases['barn']}", headers=headers, package=WITH)
    assert answer.status_code == 403
    assert answer.json()["httpStatus"] == 403
    assert door.get(f"/personer/{cases['barn']}", headers=headers, package=WITHOUT).status_code == 200


WRONG: dict[str, tuple[dict[str, object], tuple[str, str]]] = {
    "another audience": ({"aud": "https://maskinporten.example/"}, ("invalid_grant", "MP-110")),
    "the token endpoint as audience": ({"aud": f"{ADDRESS}/maskinporten/token"}, ("invalid_grant", "MP-110")),
    "an issuer without its slash": ({"aud": f"{ADDRESS}/maskinporten"}, ("invalid_grant", "MP-110")),
    "several audiences": ({"aud": [f"{ADDRESS}/maskinporten/"]}, ("invalid_grant", "MP-110")),
    "no audience": ({"aud": None}, ("invalid_grant", "MP-110")),
    "an unknown client": ({"iss": "someone"}, ("invalid_grant", "MP-100")),
    "no client": ({"iss": None}, ("invalid_grant", "MP-100")),
    "an unknown scope": ({"scope": "folkeregister:deling/privat"}, ("invalid_scope", "MP-200")),
    "a right scope and an unknown one": ({"scope": f"{scope_of(WITH)} x"}, ("invalid_scope", "MP-200")),
    "an empty scope": ({"scope": ""}, ("invalid_scope", "MP-200")),
    "expired": ({"iat": 1_700_000_000, "exp": 1_700_000_060}, ("invalid_grant", "MP-130")),
    "issued long ago": ({"iat": int(time.time()) - 3600}, ("invalid_grant", "MP-130")),
    "issued tomorrow": ({"iat": int(time.time()) + 86_400}, ("invalid_grant", "MP-130")),
    "lives too long": ({"exp": int(time.time()) + 3600}, ("invalid_grant", "MP-130")),
    "no id": ({"jti": None}, ("invalid_request", "MP-011")),
    "no time of issue": ({"iat": None}, ("invalid_request", "MP-011")),
    "a time in words": ({"iat": "now"}, ("invalid_request", "MP-011")),
    "a resource": ({"resource": "https://folkeregisteret.example"}, ("invalid_request", "MP-011")),
    "its own organisation as consumer": ({"consumer_org": ORGANISATION}, ("invalid_request", "")),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_grant_with_something_wrong_is_refused(door: Door, key_pair: tuple[str, str], wrong: str) -> None:
    claims, error = WRONG[wrong]
    assert explained(door.ask_token(grant(key_pair[0], **claims))) == (400, *error)


@pytest.mark.parametrize("header", [{}, {"kid": "another"}, {"kid": KEY_ID, "x5c": ["MA=="]}, {"x5c": ["MA=="]}])
def test_a_client_with_registered_keys_names_one_of_them(
    door: Door, key_pair: tuple[str, str], header: dict[str, object]
) -> None:
    refusal = door.ask_token(grant(key_pair[0], header=header | {"typ": "JWT"}))
    assert explained(refusal) == (400, "invalid_grant", "MP-124")


def test_a_grant_signed_with_another_key_is_refused(door: Door, other_key: rsa.RSAPrivateKey) -> None:
    assert door.ask_token(grant(private_pem(other_key))).json()["error"] == "invalid_grant"


def test_a_grant_signed_with_the_public_key_as_a_secret_is_refused(door: Door) -> None:
    now = int(time.time())
    claims = {"iss": CLIENT, "aud": f"{ADDRESS}/maskinporten/", "scope": scope_of(WITH), "iat": now, "exp": now + 60}
    secret = "a secret of at least thirty-two bytes"
    forged = jwt.encode(claims | {"jti": str(uuid4())}, secret, algorithm="HS256", headers={"kid": KEY_ID})
    assert door.ask_token(forged).json()["error"] == "invalid_grant"


def test_a_grant_is_used_once(door: Door, key_pair: tuple[str, str]) -> None:
    once = grant(key_pair[0])
    assert [door.ask_token(once).status_code for _ in range(2)] == [200, 400]


def test_a_form_with_another_field_or_grant_type_is_refused(door: Door, key_pair: tuple[str, str]) -> None:
    assert door.ask_token(grant(key_pair[0]), resource="x").status_code == 400
    assert door.ask_token(grant(key_pair[0]), grant_type="client_credentials").status_code == 400
    assert door.http.post("/maskinporten/token", json={"assertion": grant(key_pair[0])}).status_code == 400
    assert door.http.get("/maskinporten/token").status_code == 405
    twice = f"grant_type=x&grant_type=x&assertion={grant(key_pair[0])}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert door.http.post("/maskinporten/token", content=twice, headers=form).status_code == 400


def test_nonsense_is_refused_not_an_accident(door: Door) -> None:
    assert [door.ask_token(text).status_code for text in ("", "x", "a.b.c")] == [400, 400, 400]


def test_a_client_can_be_registered_while_running(door: Door, other_key: rsa.RSAPrivateKey) -> None:
    client = {"client_id": "newcomer", "organisation": NEIGHBOUR, "keys": {"k": public_pem(other_key)}}
    assert door.http.post("/_control/clients", json=client).status_code == 201
    newcomer = grant(private_pem(other_key), iss="newcomer", header={"kid": "k"})
    assert door.ask_token(newcomer).status_code == 200


def test_a_client_gets_no_scope_it_does_not_hold(door: Door, other_key: rsa.RSAPrivateKey) -> None:
    client = {"client_id": "modest", "organisation": NEIGHBOUR, "keys": {"k": public_pem(other_key)}}
    door.http.post("/_control/clients", json=client | {"scopes": [scope_of(WITHOUT)]}).raise_for_status()

    def asks(scope: str) -> httpx.Response:
        return door.ask_token(grant(private_pem(other_key), iss="modest", scope=scope, header={"kid": "k"}))

    assert asks(scope_of(WITHOUT)).status_code == 200
    assert explained(asks(scope_of(WITH))) == (400, "invalid_scope", "MP-200")
    assert explained(asks(f"{scope_of(WITHOUT)} {scope_of(WITH)}")) == (400, "invalid_scope", "MP-200")


def test_a_token_for_another_organisation_needs_its_delegation(door: Door, key_pair: tuple[str, str]) -> None:
    delegation = {"consumer": NEIGHBOUR, "supplier": ORGANISATION, "scopes": [scope_of(WITH)]}

    def asks(scope: str) -> httpx.Response:
        return door.ask_token(grant(key_pair[0], scope=scope, consumer_org=NEIGHBOUR))

    assert explained(asks(scope_of(WITH))) == (403, "forbidden", "MP-251")
    assert door.http.post("/_control/delegations", json=delegation).status_code == 201
    assert asks(scope_of(WITH)).status_code == 200
    assert explained(asks(scope_of(WITHOUT))) == (403, "forbidden", "MP-251")
    door.http.post("/_control/delegations", json=delegation | {"scopes": []}).raise_for_status()
    assert explained(asks(scope_of(WITH))) == (403, "forbidden", "MP-251")


def test_what_is_no_client_or_delegation_is_refused(door: Door) -> None:
    for path in ("clients", "delegations", "fiks"):
        assert door.http.post(f"/_control/{path}", json={"unknown": 1}).status_code == 400
