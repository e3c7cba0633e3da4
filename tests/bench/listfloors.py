"""What a list is measured against: only fetching and decoding the same persons, and a script for the same file."""

import itertools
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from openpyxl import Workbook

from integrations.folkeregisteret.documents import PersonRecord, encode_person
from tests.bench.listorders import ELEMENTS, criteria_of, read

if TYPE_CHECKING:
    from integrations.folkeregisteret.client import FolkeregisterClient
    from roles.access import Access

_AT_ONCE: Final = 1_000

Json = dict[str, Any]


def fetched_and_decoded(order: UUID, *, slots: int) -> tuple[int, float]:
    """How many persons, and the seconds for fetching and decoding them with as many calls at once as so many processes
    of a worker make, and doing nothing with them."""
    from citizenlists.building.lookahead import AHEAD, looking_ahead

    register, access = _register_of(order)
    begun = time.perf_counter()
    numbers = _numbers(register, access)
    with looking_ahead(_calls(register, access, numbers), ahead=AHEAD * slots) as answers:
        found = sum(len(answer) for answer in answers)
    return found, time.perf_counter() - begun


def by_script(order: UUID) -> float:
    """Seconds that a script takes for the same file: one call after the other, json, and openpyxl's write_only.

    The register's bytes are made again from the records, which is not counted.
    """
    register, access = _register_of(order)
    begun = time.perf_counter()
    numbers = _numbers(register, access)
    fetched = [call() for call in _calls(register, access, numbers)]
    seconds = time.perf_counter() - begun
    documents = [encode_person(record) for records in fetched for record in records]
    begun = time.perf_counter()
    _write(json.loads(document) for document in documents)
    return seconds + time.perf_counter() - begun


def _register_of(order: UUID) -> "tuple[FolkeregisterClient, Access]":
    from citizenlists.orders.rights import access_to_build
    from roles.disclosure.clients import client

    access = access_to_build(read(order))
    return client(access.organisation_number), access


def _numbers(register: "FolkeregisterClient", access: "Access") -> list[str]:
    job = register.order_extract(access.package, criteria_of().extract())
    batches = (_batch(register, access, job, number) for number in itertools.count())
    return list(itertools.chain.from_iterable(itertools.takewhile(bool, batches)))


def _batch(register: "FolkeregisterClient", access: "Access", job: str, number: int) -> list[str]:
    while (batch := register.extract_batch(access.package, job, number)) is None:
        time.sleep(0.1)
    return batch


def _calls(
    register: "FolkeregisterClient", access: "Access", numbers: list[str]
) -> Iterator[Callable[[], list[PersonRecord]]]:
    from integrations.folkeregisteret.elements import parts_for

    parts = parts_for(ELEMENTS)
    for start in range(0, len(numbers), _AT_ONCE):
        yield partial(_bulk, register, access, numbers[start : start + _AT_ONCE], parts)


def _bulk(
    register: "FolkeregisterClient", access: "Access", numbers: list[str], parts: Iterable[str]
) -> list[PersonRecord]:
    answers = register.bulk(access.package, numbers, frozenset(parts))
    return [answer.person for answer in answers if answer.person is not None]


def _write(persons: Iterable[Json]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Innbyggerliste")
    for person in persons:
        sheet.append(_row(person))
    with tempfile.TemporaryFile() as file:
        book.save(file)


def _row(person: Json) -> list[str]:
    """The same twelve values, as somebody in a hurry would pick them."""
    name, home = _current(person, "navn"), _current(person, "bostedsadresse")
    road = home.get("vegadresse") or {}
    number, place = road.get("adressenummer") or {}, road.get("poststed") or {}
    values = (
        _current(person, "identifikasjonsnummer").get("foedselsEllerDNummer"),
        *(name.get(part) for part in ("fornavn", "mellomnavn", "etternavn")),
        _current(person, "foedsel").get("foedselsdato"),
        f"{road.get('adressenavn', '')} {number.get('husnummer', '')}",
        *(place.get("postnummer"), place.get("poststedsnavn"), road.get("kommunenummer")),
        *(home.get(kind) for kind in ("skolekrets", "grunnkrets", "stemmekrets", "kirkekrets")),
    )
    return [str(value or "") for value in values]


def _current(person: Json, element: str) -> Json:
    entries: list[Json] = person.get(element) or []
    return next((entry for entry in entries if entry.get("erGjeldende")), {})
