import json

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.maskinporten.registry import Client, Delegation
from integrations.simulator.maskinporten.scopes import EVERY_SCOPE
from integrations.simulator.settings import settings_from
from tests.integrations.simulator.maskinporten.keys import private_pem, public_pem

OWNER, NEIGHBOUR = "310000019", "310000027"
ROLE = {"id": "r", "organisation": NEIGHBOUR, "package": "offentligutenhjemmel", "parts": ["navn", "historikk"]}
INTEGRATION = {"id": "i", "password": "p", "organisation": OWNER, "roles": ["r"]}


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_the_client_is_read_from_the_environment(key: rsa.RSAPrivateKey) -> None:
    public, private = public_pem(key), private_pem(key)
    own = {
        "FIKSREG_SIMULATOR_CLIENT_ID": "c",
        "FIKSREG_SIMULATOR_CLIENT_KEY_ID": "k",
        "FIKSREG_SIMULATOR_CLIENT_PUBLIC_KEY": public.replace("\n", "\\n"),
    }
    shared = {
        "MASKINPORTEN_CLIENT_ID": "c",
        "MASKINPORTEN_KEY_ID": "k",
        "MASKINPORTEN_PRIVATE_KEY": private.strip().replace("\n", "\\n"),
    }
    expected = (Client("c", OWNER, {"k": public}, EVERY_SCOPE),)
    assert settings_from(own).clients == settings_from(shared).clients == expected
    assert settings_from({}).clients == ()


def test_further_clients_delegations_fiks_and_readings_are_json() -> None:
    written = {
        "CLIENTS": [{"client_id": "c", "organisation": NEIGHBOUR, "keys": {"k": "PEM"}, "scopes": ["ks:fiks"]}],
        "DELEGATIONS": [{"consumer": NEIGHBOUR, "supplier": OWNER, "scopes": ["ks:fiks"]}],
        "SERVED": {NEIGHBOUR: ["offentligutenhjemmel"]},
        "FIKS": {"roles": [ROLE], "integrations": [INTEGRATION]},
        "READINGS": {"retry_after": "seconds"},
    }
    settings = settings_from({f"FIKSREG_SIMULATOR_{name}": json.dumps(value) for name, value in written.items()})
    assert settings.clients == (Client("c", NEIGHBOUR, {"k": "PEM"}, ("ks:fiks",)),)
    assert settings.delegations == (Delegation(NEIGHBOUR, OWNER, ("ks:fiks",)),)
    assert settings.served == {NEIGHBOUR: (RightsPackage.WITHOUT_LEGAL_BASIS,)}
    assert [role.package for role in settings.fiks.roles] == [RightsPackage.WITHOUT_LEGAL_BASIS]
    assert [each.roles for each in settings.fiks.integrations] == [("r",)]
    assert settings.readings.retry_after == "seconds"


WRONG = {
    "a figure of nought": ("SIZE", "0"),
    "a figure below it": ("REQUESTS_A_MINUTE", "-1"),
    "a figure in words": ("EXTRACT_JOBS", "many"),
    "half of JSON": ("CLIENTS", "["),
    "a field nobody knows": ("DELEGATIONS", json.dumps([{"consumer": NEIGHBOUR, "supplier": OWNER, "to": 1}])),
    "a package nobody has": ("FIKS", json.dumps({"roles": [ROLE | {"package": "presse"}]})),
    "a part outside the package": ("FIKS", json.dumps({"roles": [ROLE | {"parts": ["opphold"]}]})),
    "a part nobody knows": ("FIKS", json.dumps({"roles": [ROLE | {"parts": ["inntekt"]}]})),
    "a reading nobody has": ("READINGS", json.dumps({"retry_after": "hours"})),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_makes_no_sense_stops_the_start(wrong: str) -> None:
    name, value = WRONG[wrong]
    with pytest.raises(ValueError, match=r"."):
        settings_from({f"FIKSREG_SIMULATOR_{name}": value})


def test_an_integrations_password_is_not_shown() -> None:
    fiks = json.dumps({"integrations": [INTEGRATION | {"password": "a-secret"}]})
    assert "a-secret" not in repr(settings_from({"FIKSREG_SIMULATOR_FIKS": fiks}))
