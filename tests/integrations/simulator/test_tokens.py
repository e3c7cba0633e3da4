import time
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from integrations.simulator.settings import settings_from
from tests.integrations.simulator.door import ADDRESS, CLIENT, WITH, WITHOUT, Door, grant, scope_of


@pytest.fixture(scope="module")
def other_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


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


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "another audience": ({"aud": "https://maskinporten.example/"}, "invalid_grant"),
    "no audience": ({"aud": None}, "invalid_grant"),
    "an unknown client": ({"iss": "someone"}, "invalid_client"),
    "an unknown scope": ({"scope": "folkeregister:deling/privat"}, "invalid_scope"),
    "expired": ({"iat": 1_700_000_000, "exp": 1_700_000_060}, "invalid_grant"),
    "lives too long": ({"exp": int(time.time()) + 3600}, "invalid_grant"),
    "no id": ({"jti": None}, "invalid_grant"),
    "a resource": ({"resource": "https://folkeregisteret.example"}, "invalid_grant"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_grant_with_something_wrong_is_refused(door: Door, key_pair: tuple[str, str], wrong: str) -> None:
    claims, error = WRONG[wrong]
    answer = door.ask_token(grant(key_pair[0], **claims))
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_grant_signed_with_another_key_is_refused(door: Door, other_key: rsa.RSAPrivateKey) -> None:
    assert door.ask_token(grant(private_pem(other_key))).json()["error"] == "invalid_grant"


def test_a_grant_signed_with_the_public_key_as_a_secret_is_refused(door: Door) -> None:
    now = int(time.time())
    claims = {"iss": CLIENT, "aud": f"{ADDRESS}/maskinporten/", "scope": scope_of(WITH), "iat": now, "exp": now + 60}
    forged = jwt.encode(claims | {"jti": str(uuid4())}, "a secret of at least thirty-two bytes", algorithm="HS256")
    assert door.ask_token(forged).json()["error"] == "invalid_grant"


def test_a_grant_is_used_once(door: Door, key_pair: tuple[str, str]) -> None:
    once = grant(key_pair[0])
    assert [door.ask_token(once).status_code for _ in range(2)] == [200, 400]


def test_a_form_with_another_field_or_grant_type_is_refused(door: Door, key_pair: tuple[str, str]) -> None:
    assert door.ask_token(grant(key_pair[0]), resource="x").status_code == 400
    assert door.ask_token(grant(key_pair[0]), grant_type="client_credentials").status_code == 400
    assert door.http.post("/maskinporten/token", json={"assertion": grant(key_pair[0])}).status_code == 400
    assert door.http.get("/maskinporten/token").status_code == 405


def test_nonsense_is_refused_not_an_accident(door: Door) -> None:
    assert [door.ask_token(text).status_code for text in ("", "x", "a.b.c")] == [400, 400, 400]


def test_a_client_can_be_registered_while_running(door: Door, other_key: rsa.RSAPrivateKey) -> None:
    client = {"client_id": "newcomer", "public_key": public_pem(other_key)}
    assert door.http.post("/_control/clients", json=client).status_code == 201
    assert door.ask_token(grant(private_pem(other_key), iss="newcomer")).status_code == 200


def test_the_client_is_read_from_the_environment(other_key: rsa.RSAPrivateKey) -> None:
    public, private = public_pem(other_key), private_pem(other_key)
    own = {"FIKSREG_SIMULATOR_CLIENT_ID": "c", "FIKSREG_SIMULATOR_CLIENT_PUBLIC_KEY": public.replace("\n", "\\n")}
    shared = {"MASKINPORTEN_CLIENT_ID": "c", "MASKINPORTEN_PRIVATE_KEY": private.strip().replace("\n", "\\n")}
    assert settings_from(own).clients == settings_from(shared).clients == {"c": public}
    assert settings_from({}).clients == {}


def test_figures_that_make_no_sense_stop_the_start() -> None:
    for value in ("0", "-1", "many"):
        with pytest.raises(ValueError, match=r"."):
            settings_from({"FIKSREG_SIMULATOR_SIZE": value})
