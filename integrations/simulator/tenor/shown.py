"""One person in an answer: flat fields, relatives as whole persons, and the register's own document."""

from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from integrations.simulator.tenor.directory import Directory
from integrations.simulator.tenor.fields import OWN_FIELDS
from integrations.simulator.tenor.index import KINDS, Index
from integrations.simulator.tenor.search import RELATION_NAME
from integrations.simulator.tenor.searchable import Subject

Entry = dict[str, Any]

RELATIONS: Final = "tenorRelasjoner"
_SOURCE: Final = "freg"
_EVENTS: Final = "hendelserMedSekvens"
_METADATA: Final = "tenorMetadata"
_SOURCE_DATA: Final = f"{_METADATA}.kildedata"
_IN_METADATA: Final = (
    *("id", "kilder", "kildedata", "kildeMime"),
    *("testdataVersjon", "datasettVersjon", "indeksert", "oppdatert", "opprettet"),
)
_FLAT: Final = frozenset(name for name in KINDS if "." not in name)
_OF_ONE: Final = frozenset(
    {
        *_FLAT,
        _EVENTS,
        *(f"{_EVENTS}.{name}" for name in ("identifikator", "hendelse", "sekvens")),
        _METADATA,
        *(f"{_METADATA}.{name}" for name in _IN_METADATA),
    }
)
#: The paths of everything that may be shown.
PATHS: Final = frozenset(
    {
        *_OF_ONE,
        RELATIONS,
        f"{RELATIONS}.{_SOURCE}",
        *(f"{RELATIONS}.{_SOURCE}.{name}" for name in (*_OF_ONE, RELATION_NAME)),
    }
)


class Entries:
    """index: the directory's, which must not change meanwhile. wanted: the paths that are needed."""

    def __init__(self, directory: Directory, index: Index, wanted: Callable[[str], bool]) -> None:
        self._directory = directory
        self._index = index
        paths = {path for path in PATHS if wanted(path)}
        self._with_relatives = any(path.startswith(RELATIONS) for path in paths)
        self._wanted = {path.removeprefix(f"{RELATIONS}.{_SOURCE}.") for path in paths}
        self._fields = {name: field for name, field in OWN_FIELDS.items() if name in self._wanted & _FLAT}

    def entry(self, number: str) -> Entry:
        """The wanted values of a person in the index."""
        content = self._flat(self._directory.subject(number))
        relatives = [self._relative(*relation) for relation in self._relatives(number)] if self._with_relatives else []
        return content | ({RELATIONS: {_SOURCE: relatives}} if relatives else {})

    def _relative(self, name: str, number: str) -> Entry:
        return self._flat(self._directory.subject(number)) | {RELATION_NAME: name}

    def _relatives(self, number: str) -> Iterable[tuple[str, str]]:
        person = self._index.person(number)
        relations = [] if person is None else self._index.relations[person]
        return [(relation.name, self._index.numbers[relation.relative]) for relation in relations]

    def _flat(self, subject: Subject) -> Entry:
        person = self._index.person(subject.number)
        household = {} if person is None else self._index.household(person)
        events = [
            {"identifikator": event.number, "hendelse": event.kind, "sekvens": event.sequence}
            for event in subject.events
        ]
        own = {name: shown for name, field in self._fields.items() if (shown := field.shown(subject)) is not None}
        metadata = _metadata(subject) | (_source(subject) if _SOURCE_DATA in self._wanted else {})
        return {**own, **household, **({_EVENTS: events} if events else {}), _METADATA: metadata}


def _metadata(subject: Subject) -> Entry:
    times = [event.recorded_at for event in subject.events]
    written = {"indeksert": times[-1], "oppdatert": times[-1], "opprettet": times[0]} if times else {}
    return {
        "id": subject.number,
        "kilder": [_SOURCE],
        "kildeMime": "application/json",
        "testdataVersjon": 1,
        "datasettVersjon": 1,
        **written,
    }


def _source(subject: Subject) -> Entry:
    """The whole document with history, as a text of JSON."""
    return {"kildedata": msgspec.json.encode(subject.document).decode()}
