"""An employee's own lookups of today, read from their entries in the log. Opening one again is a new lookup.

Only lookups in the chosen role are shown: another role may not reveal what this one shows. The number is masked; all of
it when the role does not open it.
"""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from lookup.references import open_person
from roles.access import Access
from roles.audit import Event, Outcome
from roles.audit.models import AuditEntry, AuditSubject, EntryQuerySet

MOST = 50
_HIDDEN = "•"


class NotOfToday(Exception):
    """The employee made no such lookup today in this role."""


@dataclass(frozen=True, slots=True)
class OwnLookup:
    """seq: the entry's place in the log. masked: the number with its last five digits hidden."""

    seq: int
    at: datetime
    purpose: str
    masked: str


def own_lookups(access: Access, now: datetime) -> list[OwnLookup]:
    """The lookups, latest first, at most MOST."""
    entries = list(_entries(access, now).order_by("-seq")[:MOST])
    numbers = _numbers(access, [entry.seq for entry in entries])
    shows_number = "identifikasjonsnummer" in access.elements
    return [
        OwnLookup(
            entry.seq, entry.recorded_at, entry.fields.get("purpose", ""), _mask(numbers[entry.seq], shows_number)
        )
        for entry in entries
    ]


def open_again(*, access: Access, seq: int, now: datetime) -> str:
    """Opens a reference to the person of an earlier lookup, for the same purpose, and returns its token. Raises
    NotOfToday."""
    entry = _entries(access, now).filter(seq=seq).first()
    if entry is None:
        raise NotOfToday
    purpose = entry.fields.get("purpose", "")
    return open_person(access=access.for_purpose(purpose), number=_numbers(access, [seq])[seq])


def _entries(access: Access, now: datetime) -> EntryQuerySet:
    """The entries about lookups that showed a person. The role and the outcome are only in the entry's body."""
    start = datetime.combine(timezone.localdate(now), time.min, timezone.get_current_timezone())
    own = AuditEntry.objects.of_organisation(access.organisation_id).by_actor(access.actor.id)
    in_role = own.filter(event=Event.PERSON_ANSWERED, body__contains=f'"role":"{access.role_id}"')
    delivered = in_role.filter(body__contains=f'"outcome":"{Outcome.DELIVERED}"')
    return delivered.between(start, now)


def _numbers(access: Access, places: list[int]) -> dict[int, str]:
    """The number that was looked up, by the entry's place in the log."""
    rows = AuditSubject.objects.filter(chain=str(access.organisation_id), seq__in=places)
    return {row.seq: row.numbers(access.organisation_id)[0] for row in rows}


def _mask(number: str, shows_number: bool) -> str:
    beginning = number[:6] if shows_number else _HIDDEN * 6
    return f"{beginning} {_HIDDEN * 5}"
