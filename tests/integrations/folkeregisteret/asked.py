"""Every operation of the client, to be asked through any door, with what it needs in hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria, UniqueCriteria
from integrations.folkeregisteret.doors import Door, FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage, parts_for
from tests.waiting import until

Ask = Callable[[FolkeregisterClient], object]

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
#: Asked for by this name, which must be found nowhere afterwards.
CANARY_NAME: Final = "KANARIFUGL"
CRITERIA: Final = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
PARTS: Final = {
    WITH: parts_for(ELEMENTS),
    WITHOUT: parts_for(key for key, each in ELEMENTS.items() if not each.is_confidential),
}
ORGANISATION: Final = "310000019"
_ROLES: Final = {WITH: "fault-role-with", WITHOUT: "fault-role-without"}
_INTEGRATION: Final = "fault-integration"
_PASSWORD: Final = "fault-password"


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the register: somebody's number and name, an event and the person it was about."""

    number: str
    name: str
    event: str
    document: str


def known_in(simulator: str, client: FolkeregisterClient) -> Known:
    cases = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    number = next(str(case["number"]) for case in cases if case["case"] == "vanlig-familie")
    event = client.feed(WITH, 1).entries[0].hendelse
    assert event.hendelsesdokument
    assert event.persondokument
    return Known(number, _name(client, number), event.hendelsesdokument, event.persondokument)


def _name(client: FolkeregisterClient, number: str) -> str:
    person = client.person(WITH, number, {"navn"})
    assert person
    return f"{person.navn[0].fornavn} {person.navn[0].etternavn}"


def job_of(client: FolkeregisterClient) -> str:
    """An extract that is ready; the organisation's, through whichever door it comes."""
    job = client.order_extract(WITH, CRITERIA)
    until(lambda: client.extract_batch(WITH, job, 0) is not None)
    return job


def asks(package: RightsPackage, known: Known, job: str) -> dict[str, Ask]:
    """By the names the simulator has for them."""
    unique = UniqueCriteria(navn=known.name, identifikasjonsnummer=known.number)
    open_to_all: dict[str, Ask] = {
        "person": lambda client: client.person(package, known.number, PARTS[package]),
        "bulk": lambda client: client.bulk(package, [known.number], PARTS[package]),
        "search": lambda client: client.search(package, SearchCriteria(navn=CANARY_NAME)),
        "unique": lambda client: client.unique_search(package, unique, PARTS[package]),
        "extract": lambda client: client.order_extract(package, CRITERIA),
        "batch": lambda client: client.extract_batch(package, job, 0),
        "sequence": lambda client: client.latest_event(package),
        "feed": lambda client: client.feed(package, 1),
    }
    return open_to_all | (_asks_with_legal_basis(known) if package is WITH else {})


def _asks_with_legal_basis(known: Known) -> dict[str, Ask]:
    return {
        "event": lambda client: client.event(WITH, known.event),
        "events": lambda client: client.event_bulk(WITH, [known.event]),
        "archive": lambda client: client.archived(WITH, known.document, PARTS[WITH]),
        "archives": lambda client: client.archived_bulk(WITH, [known.document], PARTS[WITH]),
    }


def doors(simulator: str) -> Mapping[str, Door]:
    """The register's own, and Fiks', where a role for each package is made."""
    httpx.post(f"{simulator}/_control/fiks", json=_fiks_set_up()).raise_for_status()
    fiks = FiksDoor(address=simulator, roles=_ROLES, integration_id=_INTEGRATION, integration_password=_PASSWORD)
    return {"skatteetaten": SkatteetatenDoor(simulator), "fiks": fiks}


def _fiks_set_up() -> dict[str, Any]:
    roles = [
        {"id": role, "organisation": ORGANISATION, "package": str(package), "parts": sorted(PARTS[package])}
        for package, role in _ROLES.items()
    ]
    integration = {"id": _INTEGRATION, "password": _PASSWORD, "organisation": ORGANISATION}
    return {"roles": roles, "integrations": [integration | {"roles": list(_ROLES.values())}]}
