"""Each organisation asks through its own door; breaker and quota belong to the address, the rest to the process."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest
import redis
from pytest_django import Settings

from fiksreg.embedded import free_port
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.doors import FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import Cause, Refused, Unavailable, Unconfigured
from roles.access import Access
from roles.audit.models import AuditEntry
from roles.disclosure import disclose, disclose_many, extract_batch, order_extract, search
from roles.disclosure.clients import client
from roles.doors import doors
from roles.maskinporten import SharedTokens
from roles.models import Use
from tests.roles.disclosure.asking import NOBODY as SOMEBODY
from tests.roles.disclosure.asking import NORDVAAG, SOERDAL, Simulated, access

OWNER, DELEGATING, BY_FIKS, NOBODYS = "310000019", "310000027", "310000034", "310000042"
PARTS = ("navn", "adressebeskyttelse", "bostedsadresse", "status")
ROLES = {RightsPackage.WITHOUT_LEGAL_BASIS: "an-open-role", RightsPackage.WITH_LEGAL_BASIS: "a-role-with-a-basis"}
ELEMENTS = ("identifikasjonsnummer", "navn")
EVERYBODY = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")


@pytest.fixture
def address(simulator: str, settings: Settings) -> Iterator[str]:
    """The simulator under another host name, so that this module has its own breaker and quota."""
    address = simulator.replace("127.0.0.1", "localhost")
    settings.FOLKEREGISTER_URL = address
    settings.FOLKEREGISTER_DOORS = {
        DELEGATING: SkatteetatenDoor(address, DELEGATING),
        NOBODYS: SkatteetatenDoor(address, NOBODYS),
        BY_FIKS: FiksDoor(
            address=address, roles=ROLES, integration_id="case-system", integration_password="a-password-of-fiks"
        ),
    }
    client.cache_clear()
    yield address
    client.cache_clear()


@pytest.fixture
def fiks(simulator: str) -> None:
    roles = [
        {"id": role, "organisation": BY_FIKS, "package": package, "parts": PARTS} for package, role in ROLES.items()
    ]
    integration = {
        "id": "case-system",
        "password": "a-password-of-fiks",
        "organisation": OWNER,
        "roles": list(ROLES.values()),
    }
    set_up = {"roles": roles, "integrations": [integration]}
    httpx.post(f"{simulator}/_control/fiks", json=set_up, timeout=10).raise_for_status()


def test_each_organisation_is_answered_by_its_own_door_with_a_token_for_that_door(
    register: Simulated, address: str, fiks: None
) -> None:
    number = register.number_of("vanlig-familie")
    for organisation, asking in ((BY_FIKS, NORDVAAG), (DELEGATING, SOERDAL), (OWNER, NORDVAAG)):
        assert disclose(access(*ELEMENTS, organisation=asking, organisation_number=organisation), number)
    assert [(each["door"], each["organisation"]) for each in register.asked() if each["operation"] == "person"] == [
        ("fiks", OWNER),
        ("skatteetaten", DELEGATING),
        ("skatteetaten", OWNER),
    ]


def test_without_a_delegation_a_lookup_is_refused_and_logged_and_the_register_not_asked(
    register: Simulated, address: str
) -> None:
    with pytest.raises(Refused) as refused:
        disclose(access(*ELEMENTS, organisation_number=NOBODYS), register.number_of("vanlig-familie"))
    assert refused.value.cause is Cause.NO_ACCESS
    assert [each for each in register.asked() if each["operation"] == "person"] == []
    assert AuditEntry.objects.of_organisation(NORDVAAG).order_by("-seq")[0].fields["outcome"] == "failed"


@pytest.mark.parametrize(
    "ask",
    [
        lambda asking: disclose_many(asking, [SOMEBODY], marks_key=bytes(32)),
        lambda asking: order_extract(asking, EVERYBODY),
        lambda asking: extract_batch(asking, "1", 0),
        lambda asking: search(replace(asking, use=Use.SEARCH), SearchCriteria(navn="ALVEHAV")),
    ],
    ids=["many", "extract", "batch", "search"],
)
def test_every_other_way_through_the_gate_asks_for_the_same_organisation(
    register: Simulated, address: str, ask: Callable[[Access], object]
) -> None:
    with pytest.raises(Refused) as refused:
        ask(access(*ELEMENTS, use=Use.CITIZEN_LIST, organisation_number=NOBODYS))
    assert refused.value.cause is Cause.NO_ACCESS


def test_a_failing_register_opens_one_breaker_for_all_organisations_at_its_address(
    register: Simulated, address: str
) -> None:
    number = register.number_of("vanlig-familie")
    with register.failing("503"):
        for _ in range(5):
            with pytest.raises(Unavailable):
                disclose(access(*ELEMENTS, organisation_number=DELEGATING), number)
    asked = len(register.asked())
    with pytest.raises(Unavailable) as unavailable:
        disclose(access(*ELEMENTS, organisation_number=OWNER), number)
    assert (unavailable.value.cause, len(register.asked())) == (Cause.BREAKER_OPEN, asked)


def test_the_quota_is_counted_in_valkey_by_address(register: Simulated, address: str, settings: Settings) -> None:
    settings.FOLKEREGISTER_URL = own = address.replace("localhost", "LOCALHOST")
    settings.FOLKEREGISTER_REQUESTS_PER_MINUTE = 6
    disclose(access(*ELEMENTS), register.number_of("vanlig-familie"))
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        assert 0 < valkey.pttl(f"fiksreg:requests:{own}") <= 12_000


def test_a_token_is_shared_through_the_cache_and_missing_without_one(settings: Settings) -> None:
    SharedTokens().set("tokens:havbris", "a token", seconds=60)
    assert SharedTokens().get("tokens:havbris") == "a token"
    away = {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{free_port()}/1"}
    settings.CACHES = {"default": away}
    SharedTokens().set("tokens:havbris", "another", seconds=60)
    assert SharedTokens().get("tokens:havbris") is None


def test_an_organisation_without_any_door_is_told_so(settings: Settings) -> None:
    settings.FOLKEREGISTER_URL = ""
    with pytest.raises(Unconfigured):
        client("310000050")


def test_each_address_is_named_once_the_registers_own_first(settings: Settings) -> None:
    settings.FOLKEREGISTER_URL = "https://register.example"
    fiks = FiksDoor(address="https://fiks.example", roles=ROLES, integration_id="i", integration_password="p")
    settings.FOLKEREGISTER_DOORS = {
        DELEGATING: SkatteetatenDoor("https://register.example", DELEGATING),
        BY_FIKS: fiks,
        NOBODYS: fiks,
    }
    assert doors() == [SkatteetatenDoor("https://register.example"), fiks]
    settings.FOLKEREGISTER_URL = ""
    settings.FOLKEREGISTER_DOORS = {BY_FIKS: fiks}
    assert doors() == [fiks]
