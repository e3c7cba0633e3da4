"""Lookups: a reference is opened for each person or search, and the gate is asked when the reference is followed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.criteria import SearchCriteria
from integrations.folkeregisteret.errors import TooManyHits
from lookup.beyond import Way, typed_after, wider_searches
from lookup.models import LIFETIME, RENEWABLE, PersonReference, SearchReference
from lookup.sealedreferences import access_of, content_of, keep, keep_all, redeem
from roles import disclosure
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.logentries import entry, log
from roles.policy.fieldpolicy import PermittedRecord
from roles.violations import PolicyViolation

MAX_HITS = disclosure.MAX_HITS


class _Search(msgspec.Struct, frozen=True):
    """What is sealed behind the reference to a search."""

    criteria: SearchCriteria
    typed: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One lookup's answer. record: None where nobody has the number. access: what it was asked with.

    until: when its reference is worth nothing any more. family: the relatives, by the number the record names them
    with. family_is_whole: the register answered about them.
    """

    access: Access
    number: str
    record: PermittedRecord | None
    until: datetime
    family: Mapping[str, PermittedRecord] = field(default_factory=dict)
    family_is_whole: bool = True


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
    return keep(model=PersonReference, access=access, content=number.encode())


def open_related(*, access: Access, token: str, number: str) -> str:
    """The token of a new reference to somebody related. The purpose goes along; the reason for an address does not."""
    origin = redeem(PersonReference, access, token)
    return open_person(access=access.for_purpose(origin.purpose), number=number)


def open_in_role(*, access: Access, token: str) -> str:
    """The token of a new reference to the same person in the role that is chosen now, for the purpose it was asked for.

    The reason for an address does not go along. Raises ReferenceUnknown, ReferenceExpired.
    """
    origin = redeem(PersonReference, access, token, in_any_role=True)
    return open_person(access=access.for_purpose(origin.purpose), number=_number(origin))


def open_address(*, access: Access, token: str, reason: str) -> str:
    """The token of a new reference to the same person, this time with a reason for seeing a confidential address."""
    origin = redeem(PersonReference, access, token)
    with_reason = access.for_purpose(origin.purpose).opening_confidential_address(reason)
    return open_person(access=with_reason, number=_number(origin))


def open_again(*, access: Access, token: str) -> str:
    """The token of a new reference to the same person for the same purpose, also when the time of the old one is out.

    The reason for an address does not go along. Raises ReferenceUnknown, ReferenceExpired.
    """
    origin = redeem(PersonReference, access, token, overdue=RENEWABLE)
    return open_person(access=access.for_purpose(origin.purpose), number=_number(origin))


def open_search(*, access: Access, criteria: SearchCriteria, typed: Mapping[str, str] | None = None) -> str:
    """The token of a new reference to a search. typed: what the form was filled with."""
    content = msgspec.json.encode({"criteria": _as_dict(criteria), "typed": dict(typed or {})})
    return keep(model=SearchReference, access=access, content=content)


def open_wider_search(*, access: Access, token: str, way: Way) -> str:
    """The token of a new reference to the same search in one way more, for the same purpose.

    Raises PolicyViolation for a way that is not open: it was gone already, or the role has lost it since.
    """
    origin = redeem(SearchReference, access, token)
    step, search = access_of(access, origin), _search(origin)
    criteria = dict(wider_searches(step, search.criteria)).get(way)
    if criteria is None:
        raise PolicyViolation(_("Rollen gir ikke dette søket."))
    return open_search(access=step, criteria=criteria, typed=typed_after(way, search.typed))


def look_up(*, access: Access, token: str) -> Found:
    """Asks, through the gate, about the person behind the reference.

    Raises ReferenceUnknown, ReferenceExpired and what the gate raises.
    """
    reference = redeem(PersonReference, access, token)
    return _ask(access_of(access, reference), _number(reference), until=reference.expires_at)


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
    reference = redeem(SearchReference, access, token)
    search = _search(reference)
    return ask_many(access=access_of(access, reference), criteria=search.criteria, typed=search.typed)


def ask_many(*, access: Access, criteria: SearchCriteria, typed: Mapping[str, str] | None = None) -> FoundMany:
    """The same for who has just opened the reference, with the access it was opened with."""
    try:
        result = disclosure.search(access, criteria, limit=MAX_HITS)
    except TooManyHits:
        return FoundMany(access=access, criteria=criteria, hits=(), more=True, typed=typed or {}, too_many=True)
    rows = keep_all(access=access, numbers=(hit.number for hit in result.hits))
    opened = zip(rows, result.hits, strict=True)
    hits = (FoundHit(token=row.token, number=hit.number, record=hit.record) for row, hit in opened)
    return FoundMany(
        access=access,
        criteria=criteria,
        hits=tuple(hits),
        more=result.more,
        typed=typed or {},
        ways=tuple(way for way, _ in wider_searches(access, criteria)),
    )


def mark_mistaken(*, access: Access, token: str) -> None:
    """Logs, under what the person did, that it was the wrong person they looked up. The lookup itself stays logged."""
    reference = redeem(PersonReference, access, token)
    mistaken = entry(access_of(access, reference), Event.PERSON_MISTAKEN)
    log(replace(mistaken, subject=Subject(asked=_number(reference))))


def check_person(*, access: Access, token: str) -> None:
    """Whether the reference to a person leads anywhere, asked without asking the register. Logged as that, no more."""
    _log_check(access_of(access, redeem(PersonReference, access, token)))


def check_search(*, access: Access, token: str) -> None:
    """The same for a search."""
    _log_check(access_of(access, redeem(SearchReference, access, token)))


def _log_check(step: Access) -> None:
    log(entry(step, Event.REFERENCE_CHECKED))


def _number(reference: PersonReference) -> str:
    return content_of(reference).decode()


def _search(reference: SearchReference) -> _Search:
    return msgspec.json.decode(content_of(reference), type=_Search)


def _as_dict(criteria: SearchCriteria) -> dict[str, object]:
    return {one.name: getattr(criteria, one.name) for one in fields(criteria)}
