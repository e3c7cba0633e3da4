"""The client goes through all three doors of the simulated register, with tokens that its Maskinporten checked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.documents import current_number
from integrations.folkeregisteret.doors import Door, FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import Cause, Refused
from integrations.maskinporten.tokens import TokenSource
from integrations.simulator.doors.fiks import FiksSetUp, Integration, Role
from integrations.simulator.maskinporten.registry import Client, Delegation
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.maskinporten.keys import certificate, named, pem, private_pem

ADDRESS = "http://simulator.example"
OWNER, DELEGATING, STRANGER = "310000019", "310000027", "310000034"
WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
PARTS = ("navn", "bostedsadresse")
PASSWORD = "a-password-of-fiks"


def fiks(password: str) -> FiksDoor:
    return FiksDoor(
        address=ADDRESS,
        roles={WITH: "with", WITHOUT: "without"},
        integration_id="case-system",
        integration_password=password,
    )


DOORS: dict[str, Door] = {
    "own": SkatteetatenDoor(ADDRESS),
    "delegated": SkatteetatenDoor(ADDRESS, DELEGATING),
    "fiks": fiks(PASSWORD),
}


@dataclass(frozen=True, slots=True)
class House:
    """A register, a client's tokens for it, and somebody in it."""

    http: httpx.Client
    tokens: TokenSource
    number: str

    def client(self, door: Door) -> FolkeregisterClient:
        return FolkeregisterClient(door=door, tokens=self.tokens, http=self.http)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """The client signs with its organisation's certificate, and reads in the metadata where Maskinporten is."""
    issuer_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root = named("A root")
    leaf = certificate(named("A kommune", organisation=OWNER), key, issuer=root, signed_with=issuer_key)
    settings = Settings(
        size=20,
        authorities=pem(certificate(root, issuer_key, is_issuer=True)),
        clients=(Client("us", OWNER),),
        delegations=(Delegation(DELEGATING, OWNER),),
        fiks=FiksSetUp(
            (
                Role("with", STRANGER, WITH, PARTS),
                Role("without", STRANGER, WITHOUT, PARTS),
            ),
            (Integration("case-system", PASSWORD, OWNER, ("with", "without")),),
        ),
    )
    with httpx.Client(transport=httpx.WSGITransport(app=Simulator(settings))) as http:
        number = http.get(f"{ADDRESS}/testpersoner.json").json()[0]["number"]
        tokens = TokenSource(
            client_id="us",
            private_key=private_pem(key),
            certificate=pem(leaf),
            well_known=f"{ADDRESS}/maskinporten/.well-known/oauth-authorization-server",
            http=http,
        )
        yield House(http, tokens, number)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("package", RightsPackage)
def test_every_door_leads_to_the_same_person(house: House, door: str, package: RightsPackage) -> None:
    client = house.client(DOORS[door])
    person = client.person(package, house.number, PARTS)
    assert person
    assert current_number(person)
    assert [answer.person for answer in client.bulk(package, [house.number], PARTS)] == [person]


def test_without_a_delegation_there_is_no_token(house: House) -> None:
    with pytest.raises(Refused) as refused:
        house.client(SkatteetatenDoor(ADDRESS, STRANGER)).person(WITH, house.number, PARTS)
    assert (refused.value.cause, refused.value.status) == (Cause.NO_ACCESS, 403)


def with_a_wrong_password(house: House) -> object:
    return house.client(fiks("another-password")).person(WITH, house.number, PARTS)


def beyond_the_role(house: House) -> object:
    return house.client(fiks(PASSWORD)).person(WITHOUT, house.number, {*PARTS, "statsborgerskap"})


@pytest.mark.parametrize(("ask", "status"), [(with_a_wrong_password, 401), (beyond_the_role, 403)])
def test_a_refusal_of_fiks_is_refused_and_its_text_is_not_kept(
    house: House, ask: Callable[[House], object], status: int
) -> None:
    with pytest.raises(Refused) as refused:
        ask(house)
    assert (refused.value.cause, refused.value.status) == (Cause.STATUS, status)
    assert not any(text in f"{refused.value!r}{refused.value.args}" for text in ("case-system", house.number, "role"))
