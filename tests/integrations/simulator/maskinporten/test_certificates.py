"""Grants signed with an organisation's certificate (x5c) instead of a registered key."""

from dataclasses import dataclass, field

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from integrations.simulator.maskinporten.certificates import Authorities
from integrations.simulator.maskinporten.registry import Client
from integrations.simulator.problems import Problem
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, CLIENT, ORGANISATION, Door, grant
from tests.integrations.simulator.maskinporten.keys import certificate, named, pem, private_pem, x5c

ROOT, BETWEEN, LEAF = named("A root"), named("An issuer between"), named("A kommune", organisation=ORGANISATION)


@dataclass(frozen=True, slots=True)
class Issuers:
    """A trusted root, an intermediate issuer, and the key of an organisation."""

    root_key: rsa.RSAPrivateKey
    between_key: rsa.RSAPrivateKey
    key: rsa.RSAPrivateKey
    root: x509.Certificate = field(init=False)
    between: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", certificate(ROOT, self.root_key, is_issuer=True))
        between = certificate(BETWEEN, self.between_key, issuer=ROOT, signed_with=self.root_key, is_issuer=True)
        object.__setattr__(self, "between", between)

    def leaf(self, subject: x509.Name = LEAF, *, days: int = 30) -> x509.Certificate:
        return certificate(subject, self.key, issuer=BETWEEN, signed_with=self.between_key, days=days)


@pytest.fixture(scope="module")
def issuers() -> Issuers:
    return Issuers(*(rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3)))


@pytest.fixture(scope="module")
def certified(issuers: Issuers) -> Door:
    """A register with a client that has no registered key."""
    settings = Settings(size=20, authorities=pem(issuers.root), clients=(Client(CLIENT, ORGANISATION),))
    http = httpx.Client(transport=httpx.WSGITransport(app=Simulator(settings)), base_url=ADDRESS)
    return Door(http, private_pem(issuers.key))


def ask(door: Door, *chain: x509.Certificate) -> httpx.Response:
    return door.ask_token(grant(door.private_key, header={"x5c": x5c(*chain)}))


def code(answer: httpx.Response) -> str:
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    return str(answer.json()["error_uri"].rpartition("/")[2])


@pytest.mark.parametrize("older", [False, True])
def test_a_certificate_of_the_clients_organisation_gives_a_token(
    certified: Door, issuers: Issuers, older: bool
) -> None:
    leaf = issuers.leaf(named("A kommune", organisation=ORGANISATION, older=older))
    assert ask(certified, leaf, issuers.between).status_code == 200


def test_another_organisations_certificate_is_refused(certified: Door, issuers: Issuers) -> None:
    for number in ("310000027", ""):
        other = issuers.leaf(named("Another", organisation=number))
        assert code(ask(certified, other, issuers.between)) == "MP-122"


def test_a_chain_that_does_not_lead_to_a_trusted_issuer_is_refused(certified: Door, issuers: Issuers) -> None:
    alone = certificate(LEAF, issuers.key)
    posing = certificate(LEAF, issuers.key, issuer=ROOT)
    by_no_issuer = certificate(named("X"), issuers.root_key, issuer=LEAF, signed_with=issuers.key)
    for chain in (
        [issuers.leaf()],
        [alone],
        [posing],
        [by_no_issuer, issuers.leaf(), issuers.between],
        [issuers.leaf(days=-1), issuers.between],
    ):
        assert code(ask(certified, *chain)) == "MP-120"


def test_a_grant_signed_with_another_key_than_the_certificates_is_refused(certified: Door, issuers: Issuers) -> None:
    chain = x5c(issuers.leaf(), issuers.between)
    forged = grant(private_pem(issuers.root_key), header={"x5c": chain})
    assert code(certified.ask_token(forged)) == "MP-124"


@pytest.mark.parametrize(
    "header", [{"x5c": "MA=="}, {"x5c": []}, {"x5c": ["no certificate"]}, {"x5c": [1]}, {"kid": "k"}]
)
def test_a_header_without_a_certificate_is_refused(certified: Door, header: dict[str, object]) -> None:
    assert code(certified.ask_token(grant(certified.private_key, header=header))) == "MP-123"


def test_a_certificate_with_a_key_of_another_kind_is_refused(certified: Door, issuers: Issuers) -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    leaf = certificate(LEAF, elliptic, issuer=BETWEEN, signed_with=issuers.between_key)
    assert code(ask(certified, leaf, issuers.between)) == "MP-120"


def test_nobody_is_trusted_where_no_issuer_is_named(issuers: Issuers) -> None:
    with pytest.raises(Problem):
        Authorities().holder(x5c(issuers.leaf(), issuers.between))
