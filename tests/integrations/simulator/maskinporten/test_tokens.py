"""Tokens: what stands in them, who may check them, and when they are good no more."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from integrations.simulator.maskinporten.grants import Grant
from integrations.simulator.maskinporten.scopes import FIKS_SCOPE
from integrations.simulator.maskinporten.tokens import Tokens
from tests.integrations.simulator.door import ADDRESS, CLIENT, ORGANISATION, WITH, Door, grant, scope_of
from tests.integrations.simulator.maskinporten.keys import private_pem

NEIGHBOUR = "310000027"
ISSUER = f"{ADDRESS}/maskinporten/"
GRANT = Grant(CLIENT, (FIKS_SCOPE, scope_of(WITH)), ORGANISATION, "", "private_key_jwt")


def party(organisation: str) -> dict[str, str]:
    return {"authority": "iso6523-actorid-upis", "ID": f"0192:{organisation}"}


def issued(tokens: Tokens, given: Grant = GRANT) -> str:
    return str(tokens.issue(given, ISSUER)["access_token"])


def test_a_token_is_checked_with_the_key_that_anybody_may_fetch(door: Door, key_pair: tuple[str, str]) -> None:
    answer = door.ask_token(grant(key_pair[0])).json()
    key_set = jwt.PyJWKSet.from_dict(door.http.get("/maskinporten/jwks").raise_for_status().json())
    key = key_set[jwt.get_unverified_header(answer["access_token"])["kid"]]
    claims = jwt.decode(answer["access_token"], key, algorithms=["RS256"], audience="unspecified", issuer=ISSUER)
    assert claims["consumer"] == party(ORGANISATION)
    assert (claims["scope"], claims["client_id"], claims["token_type"]) == (scope_of(WITH), CLIENT, "Bearer")
    assert claims["client_amr"] == "private_key_jwt"
    assert claims["exp"] - claims["iat"] == 120 == answer["expires_in"] + 1
    assert not {"supplier", "delegation_source"} & set(claims)


def test_the_key_that_is_published_holds_no_private_half(door: Door) -> None:
    assert {frozenset(key) for key in door.http.get("/maskinporten/jwks").json()["keys"]} == {
        frozenset({"kty", "n", "e", "use", "alg", "kid"})
    }


def test_a_delegated_token_names_both_parties() -> None:
    tokens = Tokens()
    text = issued(tokens, Grant(CLIENT, (scope_of(WITH),), NEIGHBOUR, ORGANISATION, "private_key_jwt"))
    claims = jwt.decode(text, options={"verify_signature": False})
    assert (claims["consumer"], claims["supplier"]) == (party(NEIGHBOUR), party(ORGANISATION))
    bearer = tokens.bearer(f"Bearer {text}")
    assert bearer is not None
    assert (bearer.consumer, bearer.supplier) == (NEIGHBOUR, ORGANISATION)


def test_a_token_with_several_scopes_opens_them_all() -> None:
    tokens = Tokens()
    bearer = tokens.bearer(f"Bearer {issued(tokens)}")
    assert bearer is not None
    assert bearer.scopes == {FIKS_SCOPE, scope_of(WITH)}


def test_a_token_is_good_until_it_expires_also_when_it_was_seen_before() -> None:
    late = [0.0]
    tokens = Tokens(clock=lambda: time.time() + late[0])
    header = f"Bearer {issued(tokens)}"
    assert tokens.bearer(header)
    late[0] = 121.0
    assert tokens.bearer(header) is None


def test_a_token_of_another_maskinporten_or_of_another_shape_is_nobodys() -> None:
    tokens = Tokens()
    for header in (f"Bearer {issued(Tokens())}", f"Basic {issued(tokens)}", "Bearer", "Bearer x", "", issued(tokens)):
        assert tokens.bearer(header) is None


def test_tokens_outlive_a_restart_where_the_key_is_kept() -> None:
    kept = private_pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    assert Tokens(kept).bearer(f"Bearer {issued(Tokens(kept))}")


def test_a_signing_key_of_another_kind_stops_the_start() -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(ValueError, match="RSA"):
        Tokens(elliptic.decode())
