"""One person as an answer shows them: flat fields, relatives as whole persons, and the register's own document."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from integrations.simulator.tenor.directory import Directory
from integrations.simulator.tenor.fields import OWN_FIELDS
from integrations.simulator.tenor.index import KINDS, Index
from integrations.simulator.tenor.search import RELATION_NAME
from integrations.simulator.tenor.subjects import Subject

Entry = dict[str, Any]

RELATIONS: Final = "tenorRelasjoner"
_SOURCE: Final = "freg"
_EVENTS: Final = "hendelserMedSekvens"
_METADATA: Final = (
    *("id", "kilder", "kildedata", "kildeMime"),
    *("testdataVersjon", "datasettVersjon", "indeksert", "oppdatert", "opprettet"),
)
_OF_ONE: Final = frozenset(
    {
        *(name.partition(".")[0] for name in KINDS),
        *(f"{_EVENTS}.{name}" for name in ("identifikator", "hendelse", "sekvens")),
        "tenorMetadata",
        *(f"tenorMetadata.{name}" for name in _METADATA),
    }
)
#: Everything that may be shown, as a path.
PATHS: Final = frozenset(
    {
        *_OF_ONE,
        RELATIONS,
        f"{RELATIONS}.{_SOURCE}",
        *(f"{RELATIONS}.{_SOURCE}.{name}" for name in (*_OF_ONE, RELATION_NAME)),
    }
)


class Entries:
    """index must be the directory's, and stand still."""

    def __init__(self, directory: Directory, index: Index) -> None:
        self._directory = directory
        self._index = index

    def entry(self, number: str, *, with_relatives: bool) -> Entry:
        """Everything there is about somebody who is in the index."""
        content = self._flat(self._directory.subject(number))
        if with_relatives:
            content[RELATIONS] = {_SOURCE: [self._relative(*relation) for relation in self._relatives(number)]}
        return content

    def _relative(self, name: str, number: str) -> Entry:
        return self._flat(self._directory.subject(number)) | {RELATION_NAME: name}

    def _relatives(self, number: str) -> Iterable[tuple[str, str]]:
        person = self._index.person(number)
        relations = [] if person is None else self._index.relations[person]
        return [(relation.name, self._index.numbers[relation.relative]) for relation in relations]

    def _flat(self, subject: Subject) -> Entry:
        own = {name: shown for name, field in OWN_FIELDS.items() if (shown := field.shown(subject)) is not None}
        events = [
            {"identifikator": event.number, "hendelse": event.kind, "sekvens": event.sequence}
            for event in subject.events
        ]
        person = self._index.person(subject.number)
        household = {} if person is None else self._index.household(person)
        flat = {name: shown for name, shown in own.items() if "." not in name}
        return {**flat, **household, _EVENTS: events, "tenorMetadata": _metadata(subject)}


def _metadata(subject: Subject) -> Entry:
    """kildedata: the whole document with history, as a text that holds JSON."""
    times = [event.recorded_at for event in subject.events]
    written = {"indeksert": times[-1], "oppdatert": times[-1], "opprettet": times[0]} if times else {}
    return {
        "id": subject.number,
        "kilder": [_SOURCE],
        "kildedata": msgspec.json.encode(subject.document).decode(),
        "kildeMime": "application/json",
        "testdataVersjon": 1,
        "datasettVersjon": 1,
        **written,
    }
