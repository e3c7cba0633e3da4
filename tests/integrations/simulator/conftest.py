from collections.abc import Iterator

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, Document, Door, registered

EVERYTHING = (
    "person-basis",
    "identitetsgrunnlag-utvidet",
    "relasjon-utvidet",
    "foedselINorge",
    "innflytting",
    "utflytting",
    "rettsligHandleevne",
    "oppholdPaaSvalbard",
    "utlendingsmyndighetenesIdentifikasjonsnummer",
    "opphold",
    "bibehold",
    "brukAvSamiskSpraak",
    "forholdTilSametingetsValgmanntall",
    "historikk",
)


@pytest.fixture(scope="session")
def key_pair() -> tuple[str, str]:
    """A private and a public key, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture(scope="session")
def register(key_pair: tuple[str, str]) -> Simulator:
    """A register of 2 x 1000 persons in this process."""
    return Simulator(Settings(size=1000, batch_size=400, clients=(registered(key_pair[1]),)))


@pytest.fixture
def door(register: Simulator, key_pair: tuple[str, str]) -> Iterator[Door]:
    with httpx.Client(transport=httpx.WSGITransport(app=register), base_url=ADDRESS) as http:
        yield Door(http, key_pair[0])
        for kept in ("faults", "requests", "extracts"):
            http.delete(f"/_control/{kept}").raise_for_status()


@pytest.fixture
def cases(door: Door) -> dict[str, str]:
    """The number of each named test person."""
    return {case["case"]: case["number"] for case in door.http.get("/testpersoner.json").json()}


@pytest.fixture(scope="session")
def everyone(register: Simulator, key_pair: tuple[str, str]) -> dict[str, Document]:
    """Each person's whole document with history, as the package with legal basis has it, by current number."""
    numbers = [traits.number for traits in register.register.everyone()]
    people: dict[str, Document] = {}
    with httpx.Client(transport=httpx.WSGITransport(app=register), base_url=ADDRESS) as http:
        door = Door(http, key_pair[0])
        for start in range(0, len(numbers), 1000):
            people |= bulk(door, numbers[start : start + 1000])
    return people


def bulk(
    door: Door, numbers: list[str], package: RightsPackage = RightsPackage.WITH_LEGAL_BASIS
) -> dict[str, Document]:
    query = [("part", part) for part in EVERYTHING]
    answer = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": numbers}, query, package=package)
    return {
        row["foedselsEllerDNummer"]: row["folkeregisterperson"] for row in answer.raise_for_status().json()["oppslag"]
    }
