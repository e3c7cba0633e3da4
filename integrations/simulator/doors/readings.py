"""Readings of the register's documentation where its sources conflict. A consumer may meet each of them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Literal

import msgspec

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.problems import Answer, forbidden, invalid
from integrations.simulator.register.parts import ADDRESSES

Document = dict[str, Any]

_HOME: Final = "bostedsadresse"
_PROTECTION: Final = "adressebeskyttelse"
_CAPACITY: Final = frozenset({"RettsligHandleevne", "rettsligHandleevne"})


class Readings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contract section 8, by its points.

    protection_without_legal_basis (3): whether the marking of address protection comes in the open package.
    unique_search (4): whose combinations give a right to a hit. duf_parameter (4): how that parameter is spelled.
    legal_capacity_part (5): how the part of legal capacity is spelled.
    most_documents_in_bulk (6): in one bulk call for events or archived persons.
    open_history (7): whether history without legal basis covers every address, or only where somebody lives.
    retry_after (9): the unit of that header.
    latest_sequence: how the number of the newest event comes, bare as clients read it or in an object (section 1.3).
    live_clients: what clients in use send and the register takes, such as headers it has no use for; else refused.
    """

    protection_without_legal_basis: bool = True
    unique_search: Literal["2026", "1.5"] = "2026"
    duf_parameter: Literal[
        "utlendingsmyndighetenesidentifikasjonsnummer", "utlendingsmyndighetenesIdentifikasjonsnummer"
    ] = "utlendingsmyndighetenesidentifikasjonsnummer"
    legal_capacity_part: Literal["either", "RettsligHandleevne", "rettsligHandleevne"] = "either"
    most_documents_in_bulk: int = 1000
    open_history: Literal["addresses", "home"] = "addresses"
    retry_after: Literal["milliseconds", "seconds"] = "milliseconds"
    latest_sequence: Literal["bare", "object"] = "bare"
    live_clients: bool = False

    def check(self, package: RightsPackage, parts: tuple[str, ...]) -> None:
        """Raises Problem 400 for a part in the other spelling, and 403 for a marking that the package does not have."""
        if self.legal_capacity_part != "either" and set(parts) & (_CAPACITY - {self.legal_capacity_part}):
            raise invalid("Ukjent part.")
        if self._hides_protection(package) and _PROTECTION in parts:
            raise forbidden("Part er ikke tilgjengelig i rettighetspakken.")

    def timed(self, answer: Answer) -> Answer:
        """The answer with Retry-After in the unit of this reading."""
        if self.retry_after == "milliseconds":
            return answer
        return replace(answer, headers=tuple(map(_in_seconds, answer.headers)))

    def narrowed(self, package: RightsPackage, answer: Answer) -> Answer:
        """The answer with only what the package has by these readings. The default ones change nothing."""
        changes = self._changes(package)
        return _changed(answer, changes) if changes and answer.status == 200 else answer

    def _changes(self, package: RightsPackage) -> list[Callable[[Document], None]]:
        if package is RightsPackage.WITH_LEGAL_BASIS:
            return []
        protection = [_without_protection] if self._hides_protection(package) else []
        return [*protection, *([_without_earlier_addresses] if self.open_history == "home" else [])]

    def _hides_protection(self, package: RightsPackage) -> bool:
        return package is RightsPackage.WITHOUT_LEGAL_BASIS and not self.protection_without_legal_basis


def _in_seconds(header: tuple[str, str]) -> tuple[str, str]:
    name, value = header
    return (name, str(-(-int(value) // 1000))) if name == "Retry-After" else header


def _changed(answer: Answer, changes: list[Callable[[Document], None]]) -> Answer:
    content = msgspec.json.decode(answer.body)
    for person in _persons(content):
        for change in changes:
            change(person)
    return replace(answer, body=msgspec.json.encode(content))


def _persons(content: Any) -> list[Document]:
    """The persons of an answer: those of a bulk lookup, or the one person."""
    if not isinstance(content, dict):
        return []
    rows = content.get("oppslag")
    return [row["folkeregisterperson"] for row in rows if "folkeregisterperson" in row] if rows else [content]


def _without_protection(person: Document) -> None:
    person.pop(_PROTECTION, None)


def _without_earlier_addresses(person: Document) -> None:
    for name in (person.keys() & set(ADDRESSES)) - {_HOME}:
        person[name] = [row for row in person[name] if row.get("erGjeldende") is not False]
        if not person[name]:
            del person[name]
