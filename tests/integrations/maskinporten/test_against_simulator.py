"""Tokens from the simulated Maskinporten: by key and by certificate, found by its metadata, for two organisations."""

from dataclasses import dataclass

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from integrations.http.errors import PartyError, Refused
from integrations.maskinporten.tokens import TokenSource
from integrations.simulator.maskinporten.registry import Client, Delegation
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, CLIENT, ORGANISATION, PATHS, WITH, WITHOUT, scope_of
from tests.integrations.simulator.maskinporten.keys import certificate, named, pem, private_pem

NEIGHBOUR, STRANGER = "310000027", "310000034"
ROOT = named("A root")
WELL_KNOWN = f"{ADDRESS}/maskinporten/.well-known/oauth-authorization-server"


@dataclass(frozen=True, slots=True)
class House:
    """A simulator whose client signs with its organisation's certificate, and that client's papers."""

    http: httpx.Client
    private_key: str
    chain: str

    def tokens(self, **more: str) -> TokenSource:
        found = {"well_known": WELL_KNOWN, "certificate": self.chain, "private_key": self.private_key} | more
        return TokenSource(client_id=CLIENT, http=self.http, **found)

    def asks(self, token: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        return self.http.get(f"{PATHS[WITH]}/hendelser/siste/sekvensnummer", headers=headers)


@pytest.fixture(scope="module")
def house() -> House:
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root = certificate(ROOT, root_key, is_issuer=True)
    leaf = certificate(named("A kommune", organisation=ORGANISATION), key, issuer=ROOT, signed_with=root_key)
    settings = Settings(
        size=20,
        clients=(Client(CLIENT, ORGANISATION, scopes=(scope_of(WITH),)),),
        delegations=(Delegation(NEIGHBOUR, ORGANISATION, (scope_of(WITH),)),),
        authorities=pem(root),
    )
    http = httpx.Client(transport=httpx.WSGITransport(app=Simulator(settings)), base_url=ADDRESS)
    return House(http, private_pem(key), pem(leaf))


def organisations(house: House) -> list[str]:
    """Those the register was asked on behalf of."""
    asked = house.http.get("/_control/requests").json()
    return [row["organisation"] for row in asked if row["operation"] == "sequence"]


def test_a_certificate_and_the_metadata_are_all_that_a_client_needs(house: House) -> None:
    assert house.asks(house.tokens().token(scope_of(WITH))).status_code == 200


def test_the_register_is_asked_on_behalf_of_each_organisation_with_a_token_of_its_own(house: House) -> None:
    house.http.delete("/_control/requests")
    source = house.tokens()
    for consumer in ("", NEIGHBOUR, ""):
        assert house.asks(source.token(scope_of(WITH), consumer_org=consumer)).status_code == 200
    assert organisations(house) == [ORGANISATION, NEIGHBOUR, ORGANISATION]


REFUSED: dict[str, tuple[dict[str, str], str, str]] = {
    "an organisation that has delegated nothing": ({}, STRANGER, scope_of(WITH)),
    "a scope that the client does not hold": ({}, "", scope_of(WITHOUT)),
    "another audience": ({"endpoint": f"{ADDRESS}/maskinporten/token", "audience": "https://x.example/"}, "", "x"),
    "a registered key where there is none": ({"certificate": "", "key_id": "k"}, "", scope_of(WITH)),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_refusal_of_maskinporten_is_a_refusal_for_the_caller_too(house: House, wrong: str) -> None:
    different, consumer, scope = REFUSED[wrong]
    with pytest.raises(PartyError) as refusal:
        house.tokens(**different).token(scope, consumer_org=consumer)
    assert isinstance(refusal.value, Refused)
    assert not refusal.value.retryable
