"""The simulated register for tests of lists: its residents, making a person protected, and making it fail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import msgspec

from integrations.folkeregisteret.criteria import ExtractCriteria
from integrations.folkeregisteret.documents import current, decode_person, encode_person
from integrations.folkeregisteret.elements import RightsPackage, parts_for
from roles.disclosure.clients import client
from roles.policy.addressprotection import is_protected
from tests.waiting import until

PACKAGE = RightsPackage.WITH_LEGAL_BASIS
EVERY_PART = parts_for(
    ("identifikasjonsnummer", "navn", "foedsel", "status", "bostedsadresse", "deltBosted", "foreldreansvar")
)


class Register:
    """The simulator at `address`. What a test changes is put back after it."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=30)
        self._http.delete("/_control/requests")

    def unprotected(self, kommune: str, born: tuple[int, int]) -> list[str]:
        """The numbers of the residents of a kommune born in these years whom a list may name."""
        numbers = self.named(kommune, born)
        answers = client("").bulk(PACKAGE, numbers, EVERY_PART)
        return [answer.asked for answer in answers if answer.person and not is_protected(answer.person)]

    def named(self, kommune: str, born: tuple[int, int]) -> list[str]:
        """Everybody the register's extract names, in its order."""
        criteria = ExtractCriteria(
            personstatustyper=("bosatt",),
            bostedskommunenummer=kommune,
            foedselsaarFraOgMed=born[0],
            foedselsaarTilOgMed=born[1],
        )
        job = client("").order_extract(PACKAGE, criteria)
        until(lambda: client("").extract_batch(PACKAGE, job, 0) is not None)
        return client("").extract_batch(PACKAGE, job, 0) or []

    def everybody(self) -> list[dict[str, Any]]:
        """The document of every person of the register, read past everything of ours."""
        lines = self._http.get("/_control/persons.jsonl").raise_for_status().text.splitlines()
        return [json.loads(line) for line in lines]

    def birth_year(self, number: str) -> int:
        record = client("").person(PACKAGE, number, EVERY_PART)
        assert record is not None
        return int(current(record.foedsel)[0].foedselsaar or 0)

    def number_of(self, case: str) -> str:
        """The number of a test person, by the name of the case."""
        persons: list[dict[str, str]] = self._http.get("/testpersoner.json").json()
        return next(person["number"] for person in persons if person["case"] == case)

    def change(self, number: str, **properties: object) -> None:
        """Puts the person back with other properties, given as the register's JSON."""
        record = client("").person(PACKAGE, number, EVERY_PART)
        assert record is not None
        changed = _changed(encode_person(record), properties)
        self._http.post("/_control/persons", content=changed).raise_for_status()

    def protect(self, number: str, grade: str = "fortrolig") -> None:
        """Gives the person this address protection."""
        self.change(number, adressebeskyttelse=[{"erGjeldende": True, "graderingsnivaa": grade}])

    def asked(self, operation: str = "") -> list[dict[str, Any]]:
        """The calls since the test began, of one operation if one is named."""
        calls: list[dict[str, Any]] = self._http.get("/_control/requests").raise_for_status().json()
        return [call for call in calls if operation in ("", call["operation"])]

    @contextmanager
    def failing(self, kind: str, *, operation: str, milliseconds: int = 0) -> Iterator[None]:
        """Every answer of the operation fails in this way."""
        fault = {"operation": operation, "kind": kind, "ms": milliseconds}
        self._http.post("/_control/faults", json=fault).raise_for_status()
        try:
            yield
        finally:
            self._http.delete("/_control/faults").raise_for_status()

    def restore_all(self) -> None:
        """Puts back everybody."""
        self._http.delete("/_control/persons").raise_for_status()

    def restore(self) -> None:
        self.restore_all()
        self._http.close()


def _changed(document: bytes, properties: dict[str, object]) -> bytes:
    decoded: dict[str, object] = msgspec.json.decode(document)
    changed = msgspec.json.encode(decoded | properties)
    decode_person(changed)
    return changed
