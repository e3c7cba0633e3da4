"""Lookups: what is to be asked is kept sealed behind a reference, and asked through the gate when it is followed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import sql

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.errors import TooManyHits
from lookup.beyond import Way, typed_in, ways_beyond
from lookup.models import LIFETIME, RENEWABLE, PersonReference, Reference, SearchReference, new_token
from roles import disclosure
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.logentries import entry, log
from roles.keyring import seal, unseal
from roles.policy.fieldpolicy import PermittedRecord
from roles.violations import PolicyViolation

MAX_HITS = disclosure.MAX_HITS
_SEAL = "lookup-reference"

R = TypeVar("R", bound=Reference)

_COLUMNS: Final = ("digest", "employee_id", "role_id", "sealed", "purpose", "reason", "intent_id")
#: By the database's clock, as lookup.models.in_a_while.
_INSERT: Final = (
    "INSERT INTO {table} (digest, employee_id, role_id, sealed, purpose, reason, intent_id, expires_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, statement_timestamp() + %s)"
)
_KEEP: Final[Mapping[type[Reference], str]] = {
    model: sql.SQL(_INSERT).format(table=sql.Identifier(model._meta.db_table)).as_string()
    for model in (PersonReference, SearchReference)
}


class _Search(msgspec.Struct, frozen=True):
    """What is sealed behind the reference to a search."""

    criteria: SearchCriteria
    typed: dict[str, str]


class ReferenceUnknown(Exception):
    """There is no such reference, or it is not this employee's. The two are told apart in the log alone."""

    def __init__(self, *, is_anothers: bool) -> None:
        super().__init__()
        self.is_anothers = is_anothers


class ReferenceExpired(Exception):
    """The reference was theirs, but its time is out or they have changed role since.

    may_renew: it is to a person, and in the role they have: open_again() may still take it.
    """

    def __init__(self, *, may_renew: bool) -> None:
        super().__init__()
        self.may_renew = may_renew


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One lookup's answer. record: None where nobody has the number. access: what it was asked with.

    until: when its reference is worth nothing any more. family: the relatives, by the number the record names them
    with. family_is_whole: the register answered about them. may_open_address: a reason would show one that is hidden.
    """

    access: Access
    number: str
    record: PermittedRecord | None
    until: datetime
    family: Mapping[str, PermittedRecord] = field(default_factory=dict)
    family_is_whole: bool = True
    may_open_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHit:
    """One person in a hit list, to be opened by the reference `token`."""

    token: str
    number: str
    record: PermittedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMany:
    """A hit list. more: there were more hits than are shown. ways: how the role may search where this one did not.

    typed: what the form was filled with. too_many: so many that the register gave none.
    """

    access: Access
    criteria: SearchCriteria
    hits: tuple[FoundHit, ...]
    more: bool
    typed: Mapping[str, str]
    ways: tuple[Way, ...] = ()
    too_many: bool = False

    @property
    def only_hit(self) -> str:
        """The token of the one hit of an exact search, by a whole name and a day, as they are now. Else ""."""
        asked = self.criteria
        loosely = asked.soekFonetisk or asked.inkluderDoede or asked.opplysningsgrunnlag
        is_exact = asked.foedselsdato and len((asked.navn or "").split()) >= 2 and not loosely
        return self.hits[0].token if is_exact and len(self.hits) == 1 and not self.more else ""


def open_person(*, access: Access, number: str) -> str:
    """The token of a new reference to the person with this number, for the purpose and reason in `access`."""
    return _kept(_sealed(PersonReference, access, number.encode()))


def open_related(*, access: Access, token: str, number: str) -> str:
    """The token of a new reference to somebody related. The purpose goes along; the reason for an address does not."""
    origin = _redeem(PersonReference, access, token)
    return open_person(access=access.for_purpose(origin.purpose), number=number)


def open_in_role(*, access: Access, token: str) -> str:
    """The token of a new reference to the same person in the role that is chosen now, for the purpose it was asked for.

    The reason for an address does not go along. Raises ReferenceUnknown, ReferenceExpired.
    """
    origin = _redeem(PersonReference, access, token, in_any_role=True)
    return open_person(access=access.for_purpose(origin.purpose), number=_number(origin))


def open_address(*, access: Access, token: str, reason: str) -> str:
    """The token of a new reference to the same person, this time with a reason for seeing a confidential address."""
    origin = _redeem(PersonReference, access, token)
    with_reason = access.for_purpose(origin.purpose).opening_confidential_address(reason)
    return open_person(access=with_reason, number=_number(origin))


def open_again(*, access: Access, token: str) -> str:
    """The token of a new reference to the same person for the same purpose, also when the time of the old one is out.

    The reason for an address does not go along. Raises ReferenceUnknown, ReferenceExpired.
    """
    origin = _redeem(PersonReference, access, token, overdue=RENEWABLE)
    return open_person(access=access.for_purpose(origin.purpose), number=_number(origin))


def open_search(*, access: Access, criteria: SearchCriteria, typed: Mapping[str, str] | None = None) -> str:
    """The token of a new reference to a search. typed: what the form was filled with."""
    content = msgspec.json.encode({"criteria": _asked(criteria), "typed": dict(typed or {})})
    return _kept(_sealed(SearchReference, access, content))


def open_wider_search(*, access: Access, token: str, way: Way) -> str:
    """The token of a new reference to the same search in one way more, for the same purpose.

    Raises PolicyViolation for a way that is not open: it was gone already, or the role has lost it since.
    """
    origin = _redeem(SearchReference, access, token)
    step, search = _as_asked(access, origin), _search(origin)
    criteria = dict(ways_beyond(step, search.criteria)).get(way)
    if criteria is None:
        raise PolicyViolation(_("Rollen gir ikke dette søket."))
    return open_search(access=step, criteria=criteria, typed=typed_in(way, search.typed))


def look_up(*, access: Access, token: str) -> Found:
    """Asks, through the gate, about the person behind the reference.

    Raises ReferenceUnknown, ReferenceExpired and what the gate raises.
    """
    reference = _redeem(PersonReference, access, token)
    return _ask(_as_asked(access, reference), _number(reference), until=reference.expires_at)


def ask(*, access: Access, number: str) -> Found:
    """The same for who has just opened the reference, with the access it was opened with."""
    return _ask(access, number, until=timezone.now() + LIFETIME)


def _ask(access: Access, number: str, *, until: datetime) -> Found:
    found = disclosure.disclose_with_family(access, number)
    if found is None:
        return Found(access=access, number=number, record=None, until=until)
    return Found(
        access=access,
        number=number,
        record=found.person,
        until=until,
        family=found.family,
        family_is_whole=found.is_whole,
        may_open_address=found.may_open_address,
    )


def print_out(*, access: Access, token: str) -> Found:
    """The same for paper. Logged as that too, with everybody on it, before anything of it leaves."""
    found = look_up(access=access, token=token)
    if found.record is not None:
        printed = replace(
            entry(found.access, Event.PERSON_PRINTED),
            subject=Subject(asked=found.number),
            elements_delivered=found.record.delivered,
            outcome=Outcome.DELIVERED,
        )
        log(printed, subjects=[Subject(asked=number) for number in sorted(found.family)])
    return found


def search(*, access: Access, token: str) -> FoundMany:
    """Asks, through the gate, for the hits of the search behind the reference; each hit gets a reference of its own.

    Raises ReferenceUnknown, ReferenceExpired and what the gate raises.
    """
    reference = _redeem(SearchReference, access, token)
    search = _search(reference)
    return ask_many(access=_as_asked(access, reference), criteria=search.criteria, typed=search.typed)


def ask_many(*, access: Access, criteria: SearchCriteria, typed: Mapping[str, str] | None = None) -> FoundMany:
    """The same for who has just opened the reference, with the access it was opened with."""
    try:
        result = disclosure.search(access, criteria, limit=MAX_HITS)
    except TooManyHits:
        return FoundMany(access=access, criteria=criteria, hits=(), more=True, typed=typed or {}, too_many=True)
    rows = _opened(access, (hit.number for hit in result.hits))
    opened = zip(rows, result.hits, strict=True)
    hits = (FoundHit(token=row.token, number=hit.number, record=hit.record) for row, hit in opened)
    return FoundMany(
        access=access,
        criteria=criteria,
        hits=tuple(hits),
        more=result.more,
        typed=typed or {},
        ways=tuple(way for way, _ in ways_beyond(access, criteria)),
    )


def mark_mistaken(*, access: Access, token: str) -> None:
    """Logs, under what the person did, that it was the wrong person they looked up. The lookup itself stays logged."""
    reference = _redeem(PersonReference, access, token)
    mistaken = entry(_as_asked(access, reference), Event.PERSON_MISTAKEN)
    log(replace(mistaken, subject=Subject(asked=_number(reference))))


def check_person(*, access: Access, token: str) -> None:
    """Whether the reference to a person leads anywhere, asked without asking the register. Logged as that, no more."""
    _log_check(_as_asked(access, _redeem(PersonReference, access, token)))


def check_search(*, access: Access, token: str) -> None:
    """The same for a search."""
    _log_check(_as_asked(access, _redeem(SearchReference, access, token)))


def _log_check(step: Access) -> None:
    log(entry(step, Event.REFERENCE_CHECKED))


@transaction.atomic
def forget_expired() -> None:
    """Deletes every reference that nobody can use or renew. The clock's chore; it is refused before it is deleted."""
    PersonReference.objects.filter(expires_at__lte=Now() - RENEWABLE).delete()
    SearchReference.objects.filter(expires_at__lte=Now()).delete()


def _opened(access: Access, numbers: Iterable[str]) -> list[PersonReference]:
    return PersonReference.objects.bulk_create(_sealed(PersonReference, access, number.encode()) for number in numbers)


def _sealed(model: type[R], access: Access, content: bytes) -> R:
    token = new_token()
    reference = model(
        digest=digest_of(token),
        employee_id=UUID(access.actor.id),
        role_id=access.role_id,
        purpose=access.purpose,
        reason=access.reason,
        intent_id=access.intent_id,
    )
    reference.token, reference.sealed = token, seal(_SEAL, content, token.encode())
    return reference


def _kept(reference: PersonReference | SearchReference) -> str:
    """Its token. What save() would do, written out: one row of a known shape in each lookup, compiled once."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP[type(reference)], [getattr(reference, name) for name in _COLUMNS] + [LIFETIME])
    return reference.token


def digest_of(token: str) -> str:
    """What a token is found by. It is random and long, so a plain hash says nothing of it, whatever key is in use."""
    return sha256(token.encode()).hexdigest()


def _redeem(
    model: type[R], access: Access, token: str, *, in_any_role: bool = False, overdue: timedelta = timedelta()
) -> R:
    """overdue: for how long after its time it is taken all the same."""
    named = model._default_manager.filter(digest=digest_of(token))
    live = named.filter(employee_id=UUID(access.actor.id), expires_at__gt=Now() - overdue)
    found = (live if in_any_role else live.filter(role_id=access.role_id)).first()
    if found is None:
        raise _refusal(named.first(), access)
    found.token = token
    return found


def _refusal(found: Reference | None, access: Access) -> ReferenceUnknown | ReferenceExpired:
    if found is None or found.employee_id != UUID(access.actor.id):
        return ReferenceUnknown(is_anothers=found is not None)
    return ReferenceExpired(may_renew=isinstance(found, PersonReference) and found.role_id == access.role_id)


def _as_asked(access: Access, reference: Reference) -> Access:
    return replace(access, purpose=reference.purpose, reason=reference.reason, intent_id=reference.intent_id)


def _number(reference: PersonReference) -> str:
    return _content(reference).decode()


def _search(reference: SearchReference) -> _Search:
    return msgspec.json.decode(_content(reference), type=_Search)


def _asked(criteria: SearchCriteria) -> dict[str, object]:
    return {one.name: getattr(criteria, one.name) for one in fields(criteria)}


def _content(reference: Reference) -> bytes:
    return unseal(_SEAL, bytes(reference.sealed), reference.token.encode())
