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
    """The content of a reference to a search."""

    criteria: SearchCriteria
    typed: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to one lookup. record: None when nobody has the number. access: the Access that asked.

    until: when its reference expires. family: the relatives, by the number that the record names them with.
    family_is_whole: whether the register answered about them. may_open_address: a
    reason would show an address that is hidden.
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
    """One person in a hit list. token: opens the person."""

    token: str
    number: str
    record: PermittedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMany:
    """A hit list. more: there were more hits than these. ways: how the role may widen the search.

    typed: what the form was filled with. too_many: there were so many that the register returned none.
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
        """The token of the only hit of an exact search (a whole name and a birth date, among the living, by current
        names); else ""."""
        asked = self.criteria
        loosely = asked.soekFonetisk or asked.inkluderDoede or asked.opplysningsgrunnlag
        is_exact = asked.foedselsdato and len((asked.navn or "").split()) >= 2 and not loosely
        return self.hits[0].token if is_exact and len(self.hits) == 1 and not self.more else ""


def open_person(*, access: Access, number: str) -> str:
    """Opens a reference to the person with this number and returns its token. It has the purpose and reason of
    `access`."""
    return keep(model=PersonReference, access=access, content=number.encode())


def open_related(*, access: Access, token: str, number: str) -> str:
    """Opens a reference to a related person and returns its token. It has the purpose of the first reference, but not
    its reason."""
    origin = redeem(PersonReference, access, token)
    return open_person(access=access.for_purpose(origin.purpose), number=number)


def open_in_role(*, access: Access, token: str) -> str:
    """Opens a reference to the same person in the chosen role and returns its token. It has the purpose of the first
    reference, but not its reason. Raises ReferenceUnknown, ReferenceExpired."""
    origin = redeem(PersonReference, access, token, in_any_role=True)
    return open_person(access=access.for_purpose(origin.purpose), number=_number(origin))


def open_address(*, access: Access, token: str, reason: str) -> str:
    """Opens a reference to the same person with a reason to see a confidential address, and returns its token."""
    origin = redeem(PersonReference, access, token)
    with_reason = access.for_purpose(origin.purpose).opening_confidential_address(reason)
    return open_person(access=with_reason, number=_number(origin))


def open_again(*, access: Access, token: str) -> str:
    """Opens a reference to the same person for the same purpose, also when the first has expired, and returns its
    token. The reason is left out. Raises ReferenceUnknown, ReferenceExpired."""
    origin = redeem(PersonReference, access, token, overdue=RENEWABLE)
    return open_person(access=access.for_purpose(origin.purpose), number=_number(origin))


def open_search(*, access: Access, criteria: SearchCriteria, typed: Mapping[str, str] | None = None) -> str:
    """Opens a reference to a search and returns its token. typed: what the form was filled with."""
    content = msgspec.json.encode({"criteria": _as_dict(criteria), "typed": dict(typed or {})})
    return keep(model=SearchReference, access=access, content=content)


def open_wider_search(*, access: Access, token: str, way: Way) -> str:
    """Opens a reference to the search widened in one way, for the same purpose, and returns its token.

    Raises PolicyViolation when the search cannot be widened in that way: it already is, or the role has lost the right.
    """
    origin = redeem(SearchReference, access, token)
    step, search = access_of(access, origin), _search(origin)
    criteria = dict(wider_searches(step, search.criteria)).get(way)
    if criteria is None:
        raise PolicyViolation(_("Rollen gir ikke dette søket."))
    return open_search(access=step, criteria=criteria, typed=typed_after(way, search.typed))


def look_up(*, access: Access, token: str) -> Found:
    """Asks the gate about the person behind the reference. Raises ReferenceUnknown, ReferenceExpired and what the gate
    raises."""
    reference = redeem(PersonReference, access, token)
    return _ask(access_of(access, reference), _number(reference), until=reference.expires_at)


def ask(*, access: Access, number: str) -> Found:
    """The same as look_up(), for a reference that was opened in this request with this access."""
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
    """The same as look_up(), for printing. The print is logged with everybody on it before it leaves."""
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
    """Asks the gate for the hits of the search behind the reference. Each hit gets a reference of its own.

    Raises ReferenceUnknown, ReferenceExpired and what the gate raises.
    """
    reference = redeem(SearchReference, access, token)
    search = _search(reference)
    return ask_many(access=access_of(access, reference), criteria=search.criteria, typed=search.typed)


def ask_many(*, access: Access, criteria: SearchCriteria, typed: Mapping[str, str] | None = None) -> FoundMany:
    """The same as search(), for a reference that was opened in this request with this access."""
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
    """Logs that the lookup was of the wrong person, under the same intent. The lookup itself stays in the log."""
    reference = redeem(PersonReference, access, token)
    mistaken = entry(access_of(access, reference), Event.PERSON_MISTAKEN)
    log(replace(mistaken, subject=Subject(asked=_number(reference))))


def check_person(*, access: Access, token: str) -> None:
    """Checks the reference to a person without asking the register; logs only the check. Raises ReferenceUnknown,
    ReferenceExpired."""
    _log_check(access_of(access, redeem(PersonReference, access, token)))


def check_search(*, access: Access, token: str) -> None:
    """The same as check_person(), for a search."""
    _log_check(access_of(access, redeem(SearchReference, access, token)))


def _log_check(step: Access) -> None:
    log(entry(step, Event.REFERENCE_CHECKED))


def _number(reference: PersonReference) -> str:
    return content_of(reference).decode()


def _search(reference: SearchReference) -> _Search:
    return msgspec.json.decode(content_of(reference), type=_Search)


def _as_dict(criteria: SearchCriteria) -> dict[str, object]:
    return {one.name: getattr(criteria, one.name) for one in fields(criteria)}
