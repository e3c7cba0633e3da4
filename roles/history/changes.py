"""The changes of one subject, the newest first, one line for each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from roles.audit import Event
from roles.audit.entries import CHANGES
from roles.audit.models import AuditEntry, EntryQuerySet
from roles.history.names import EVENT_NAMES, FIELD_NAMES
from roles.history.values import Names, as_text, names_in

_AS_A_WHOLE = frozenset({"before", "after"})
_NOTHING: tuple[object, ...] = (None, "", [])
#: The receiver of an assignment. It is told with every change to the assignment, though it never changes.
_WHOSE = frozenset({"employee", "group", "integration"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a history. key: one of our ids or keys. organisation_id: whose log; None for the installation's.

    families: prefixes of the events that the reader may see.
    """

    organisation_id: UUID | None
    key: str
    families: tuple[str, ...] = (CHANGES,)


@dataclass(frozen=True, slots=True)
class Change:
    """A changed field. before: "" when it is new. For a list, before and after hold only what was removed and added."""

    label: Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One act. role: the name of the role it was about, "" for none or when that is the subject itself."""

    at: datetime
    what: Promise
    who: str
    role: str
    changes: tuple[Change, ...]
    reason: str


def changes_in(subject: Subject) -> EntryQuerySet:
    """The log entries of changes that name the subject, the newest first."""
    log = AuditEntry.objects.of_organisation(subject.organisation_id)
    return log.changes_naming(subject.key, subject.families).order_by("-seq")


def lines(entries: Iterable[AuditEntry], subject: Subject) -> list[Line]:
    """A line for each entry, with names in place of ids and keys."""
    found = list(entries)
    names = names_in(entry.body for entry in found)
    return [_line(entry, names, subject.key) for entry in found]


def _line(entry: AuditEntry, names: Names, key: str) -> Line:
    fields = entry.fields
    details = _details_of(fields.get("details", {}), key)
    return Line(
        at=entry.recorded_at,
        what=EVENT_NAMES[Event(entry.event)],
        who=fields["actor"]["label"],
        role="" if fields.get("role") in (None, key) else names.get(fields["role"], ""),
        changes=tuple(_changes(details, names)),
        reason=details.get("reason", ""),
    )


def _details_of(details: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The details of an import that concern the legal basis `key`; for other entries the details as they are."""
    changed = (pair for pair in details.get("changed", ()) if isinstance(pair, Mapping))
    added = ({"after": content} for content in details.get("added", ()))
    return next((each for each in (*changed, *added) if each["after"].get("key") == key), details)


def _changes(details: Mapping[str, Any], names: Names) -> Iterable[Change]:
    before, after = (_whole(details, side) for side in ("before", "after"))
    beside = {name: value for name, value in details.items() if name not in _AS_A_WHOLE}
    for name, label in FIELD_NAMES.items():
        was, became = before.get(name), (after | beside).get(name)
        if name in _WHOSE and became:
            yield Change(label, "", as_text(became, names))
        elif was != became and not (was in _NOTHING and became in _NOTHING):
            yield _change(label, was, became, names)


def _whole(details: Mapping[str, Any], side: str) -> dict[str, Any]:
    value = details.get(side)
    return dict(value) if isinstance(value, Mapping) else {}


def _change(label: Promise, was: Any, became: Any, names: Names) -> Change:
    if isinstance(was, list) and isinstance(became, list):
        was, became = ([part for part in was if part not in became], [part for part in became if part not in was])
    return Change(label, "" if was is None else as_text(was, names), as_text(became, names))
