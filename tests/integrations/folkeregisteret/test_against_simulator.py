"""The client against the simulated register over real HTTP, and clients wrong on purpose, which must fail there."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.documents import PersonRecord, current_number
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage, parts_for
from integrations.folkeregisteret.status import register_answers
from integrations.http.errors import Busy, PartyError, Unavailable, UnexpectedAnswer
from integrations.http.transport import http_client
from integrations.maskinporten.tokens import TokenSource
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services
from tests.waiting import until

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
PATH = "/folkeregisteret/offentlig-med-hjemmel/api/v1"
PARTS = {
    WITH: parts_for(ELEMENTS),
    WITHOUT: parts_for(key for key, element in ELEMENTS.items() if not element.is_confidential),
}


@pytest.fixture(scope="module")
def source(simulator: str, running: Services) -> Iterator[TokenSource]:
    with http_client() as http:
        yield configured_tokens(running.environment, http)


@pytest.fixture
def client(simulator: str, source: TokenSource) -> Iterator[FolkeregisterClient]:
    with http_client() as http:
        yield FolkeregisterClient(door=SkatteetatenDoor(simulator), tokens=source, http=http)
    httpx.delete(f"{simulator}/_control/faults")


@pytest.fixture(scope="module")
def cases(simulator: str) -> dict[str, str]:
    """A number for each case the simulated register promises."""
    return {case["case"]: case["number"] for case in httpx.get(f"{simulator}/testpersoner.json").json()}


def person(client: FolkeregisterClient, package: RightsPackage, number: str) -> PersonRecord:
    found = client.person(package, number, PARTS[package])
    assert found
    return found


def test_one_person_comes_with_what_the_package_gives(client: FolkeregisterClient, cases: dict[str, str]) -> None:
    mother = cases["vanlig-familie"]
    assert person(client, WITH, mother).familierelasjon
    assert person(client, WITHOUT, mother).navn


def test_only_the_parts_asked_for_come(client: FolkeregisterClient, cases: dict[str, str]) -> None:
    found = client.person(WITH, cases["vanlig-familie"], {"navn"})
    assert found
    assert {name for name in found.__struct_fields__ if getattr(found, name)} == {"identifikasjonsnummer", "navn"}


def test_a_former_number_brings_the_person_carried_on(client: FolkeregisterClient, cases: dict[str, str]) -> None:
    former = cases["historisk-nummer"]
    assert current_number(person(client, WITH, former)) not in {None, former}


def test_every_case_of_the_register_decodes_in_both_packages(
    client: FolkeregisterClient, cases: dict[str, str]
) -> None:
    for package in RightsPackage:
        answers = client.bulk(package, list(cases.values()), PARTS[package])
        assert {answer.asked for answer in answers if answer.person} == set(cases.values())


def test_an_unknown_number_is_nobody(client: FolkeregisterClient) -> None:
    assert client.person(WITH, "03851598730", PARTS[WITH]) is None
    assert [answer.person for answer in client.bulk(WITH, ["03851598730"], PARTS[WITH], as_ordered=True)] == [None]


def test_a_person_is_found_by_name_and_date_of_birth(client: FolkeregisterClient, cases: dict[str, str]) -> None:
    number = cases["vanlig-familie"]
    mother = person(client, WITH, number)
    name = f"{mother.navn[0].fornavn} {mother.navn[0].etternavn}"
    criteria = SearchCriteria(navn=name, foedselsdato=mother.foedsel[0].foedselsdato)
    assert number in client.search(WITH, criteria)


def test_an_extract_is_ordered_waited_for_and_read_to_its_end(client: FolkeregisterClient) -> None:
    criteria = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
    job = client.order_extract(WITH, criteria)
    until(lambda: client.extract_batch(WITH, job, 0) is not None)
    assert client.extract_batch(WITH, job, 0)
    assert client.extract_batch(WITH, job, 1) == []


def test_the_self_test_is_answered_without_a_person(simulator: str, source: TokenSource) -> None:
    assert register_answers(SkatteetatenDoor(simulator), source, within=5).ok


FAULTS: list[tuple[str, type[PartyError]]] = [
    ("hang", Unavailable),
    ("500", Unavailable),
    ("reset", Unavailable),
    ("429", Busy),
    ("html", UnexpectedAnswer),
    ("truncated", UnexpectedAnswer),
    ("wrong-type", UnexpectedAnswer),
]


@pytest.mark.parametrize(("kind", "error"), FAULTS)
def test_each_fault_of_the_register_is_its_typed_error_before_a_page_must_answer(
    client: FolkeregisterClient, simulator: str, cases: dict[str, str], kind: str, error: type[PartyError]
) -> None:
    fault = {"operation": "person", "kind": kind, "count": 5, "ms": 20_000}
    httpx.post(f"{simulator}/_control/faults", json=fault).raise_for_status()
    started = time.monotonic()
    with pytest.raises(error):
        client.person(WITH, cases["vanlig-familie"], {"navn"})
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("kind", ["500", "reset", "truncated"])
def test_a_fault_that_passes_is_not_noticed(
    client: FolkeregisterClient, simulator: str, cases: dict[str, str], kind: str
) -> None:
    fault = {"operation": "person", "kind": kind, "count": 1, "ms": 0}
    httpx.post(f"{simulator}/_control/faults", json=fault).raise_for_status()
    assert client.person(WITH, cases["vanlig-familie"], {"navn"})


@pytest.fixture
def rightly(source: TokenSource, simulator: str) -> Iterator[httpx.Client]:
    """A bare HTTP client that does everything right, for a test to do one thing wrong with."""
    headers = {"Authorization": f"Bearer {source.token('folkeregister:deling/offentligmedhjemmel')}"}
    with httpx.Client(base_url=simulator, headers=headers) as http:
        yield http


def test_a_client_that_does_everything_right_is_answered(rightly: httpx.Client, cases: dict[str, str]) -> None:
    mother = cases["vanlig-familie"]
    assert rightly.get(f"{PATH}/personer/{mother}?part=navn&part=status").status_code == 200
    assert rightly.post(f"{PATH}/personer/bulkoppslag?part=navn", json=bulk_of(mother)).status_code == 200


def bulk_of(number: str) -> dict[str, Any]:
    return {"foedselsEllerDNummer": [number]}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/folkeregisteret/api/offentligmedhjemmel/v1/personer/{number}?part=navn", 404),
        ("/folkeregisteret/offentlig-med-hjemmel/v1/personer/{number}?part=navn", 404),
        ("/folkeregisteret/offentligutenhjemmel/api/v1/personer/{number}?part=navn", 404),
        ("/folkeregisteret/api/offentligutenhjemmel/v1/personer/{number}?part=navn", 403),
        (PATH + "/personer/{number}?part=navn&part=navn", 400),
        (PATH + "/personer/{number}?part=navn,status", 400),
        (PATH + "/personer/{number}?part=hemmelig", 400),
        (PATH + "/personer/{number}?part=navn&korrelasjonsid=1", 400),
        (PATH + "/personer/soek?fornavn=RAD", 400),
        (PATH + "/personer/soek?foedselsdato=2015-05-03", 400),
    ],
)
def test_a_client_with_a_wrong_address_or_parameter_fails(
    rightly: httpx.Client, cases: dict[str, str], path: str, status: int
) -> None:
    assert rightly.get(path.format(number=cases["vanlig-familie"])).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer made-up"}, 401),
        ({"Accept": "application/xml"}, 406),
        ({"X-Correlation-Id": "1"}, 400),
    ],
)
def test_a_client_with_a_wrong_header_fails(
    rightly: httpx.Client, cases: dict[str, str], headers: dict[str, str], status: int
) -> None:
    answer = rightly.get(f"{PATH}/personer/{cases['vanlig-familie']}?part=navn", headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_a_bulk_call_that_does_not_say_json_fails(
    rightly: httpx.Client, cases: dict[str, str], content_type: str
) -> None:
    body = f'{{"foedselsEllerDNummer":["{cases["vanlig-familie"]}"]}}'
    headers = {"Content-Type": content_type}
    assert rightly.post(f"{PATH}/personer/bulkoppslag", content=body, headers=headers).status_code == 400


def test_a_bulk_call_with_a_field_the_register_does_not_know_fails(
    rightly: httpx.Client, cases: dict[str, str]
) -> None:
    body = bulk_of(cases["vanlig-familie"]) | {"somBestilt": True}
    assert rightly.post(f"{PATH}/personer/bulkoppslag?part=navn", json=body).status_code == 400


@pytest.mark.parametrize(
    "wrong", [{"resource": "https://register.example/"}, {"scope": "folkeregister:deling/privat"}, {"aud": "another"}]
)
def test_a_grant_that_asks_for_something_else_gets_no_token(
    running: Services, simulator: str, wrong: dict[str, str]
) -> None:
    settings = running.environment
    now = int(time.time())
    claims = {
        "aud": settings["MASKINPORTEN_AUDIENCE"],
        "iss": settings["MASKINPORTEN_CLIENT_ID"],
        "scope": "folkeregister:deling/offentligmedhjemmel",
        "iat": now,
        "exp": now + 60,
        "jti": f"grant-{sorted(wrong)}",
    }
    key = settings["MASKINPORTEN_PRIVATE_KEY"].replace("\\n", "\n")
    grant = jwt.encode(claims | wrong, key, algorithm="RS256")
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": grant}
    assert httpx.post(settings["MASKINPORTEN_TOKEN_ENDPOINT"], data=form).status_code == 400
