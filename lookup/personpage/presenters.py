"""What a page about persons shows, out of what the gate let through. Pure: no database, no register."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from lookup.personpage import entries
from lookup.personpage.entries import HISTORY, Own
from lookup.personpage.firstscreen import first_screen
from lookup.personpage.headings import GROUPS
from lookup.personpage.parts import ClosedView, ElementView, EntryView, FirstScreen, GroupView, PersonPage
from lookup.personpage.rows import Row
from lookup.personpage.who import identifier_of
from roles import vocabulary
from roles.access import LegalBasisRef
from roles.policy import elementtypes as of
from roles.policy.marks import ADDRESS_ELEMENTS
from roles.policy.permitted import PermittedRecord, State

_STRICTEST: Final = "strengtFortrolig"
#: An element -> others, each of which says the same where the role opens it.
_TOLD_BY: Final[Mapping[str, frozenset[str]]] = {
    "sivilstand.relatertVedSivilstand": frozenset({"familierelasjon"}),
}
_UNSAID: Final = ElementView("", "", "")
#: An element -> names of the service areas that may have it.
Areas = Mapping[str, tuple[str, ...]]


def person_page(
    record: PermittedRecord, *, asked: str, today: date, bases: Sequence[LegalBasisRef] = (), areas: Areas | None = None
) -> PersonPage:
    """asked: the number that was looked up. today: for the age. bases: what the role rests on."""
    identifier = identifier_of(record)
    own = (asked, identifier.foedselsEllerDNummer if identifier else None)
    views = {key: _element(record, key, own) for group in GROUPS for key in group.elements}
    told = {key for key, others in _TOLD_BY.items() if _is_told(record, key, others)}
    first = first_screen(record, {**views, **dict.fromkeys(told, _UNSAID)}, asked=asked, today=today)
    left = {key: view for key, view in views.items() if key not in first.keys | told}
    protected = tuple(view for view in left.values() if view.state == State.PROTECTED)
    closed = [view for view in left.values() if view.state == State.NOT_IN_ROLE]
    return PersonPage(
        first=_with_bases(first, bases),
        groups=tuple(_groups(left, bases)),
        protected=protected,
        empty=tuple(view for view in left.values() if view.state != State.NOT_IN_ROLE and not view.entries),
        told=tuple(views[key] for key in views if key in told),
        closed=tuple(_closed(view, areas) for view in closed),
        may_open_address=_may_open_address(record),
        may_be_hidden=_hides_quietly(record),
        views=views,
    )


def _groups(views: Mapping[str, ElementView], bases: Sequence[LegalBasisRef]) -> Iterator[GroupView]:
    for group in GROUPS:
        own = tuple(views[key] for key in group.elements if key in views and _is_to_read(views[key]))
        if own:
            yield GroupView(group.key, group.heading, own, _rests_on(bases, (view.key for view in own)))


def _is_to_read(view: ElementView) -> bool:
    return bool(view.entries) and view.state != State.PROTECTED


def _with_bases(first: FirstScreen, bases: Sequence[LegalBasisRef]) -> FirstScreen:
    return replace(first, bases=_rests_on(bases, first.keys))


def _rests_on(bases: Sequence[LegalBasisRef], keys: Iterable[str]) -> tuple[str, ...]:
    shown = frozenset(keys)
    return tuple(basis.cited for basis in bases if not shown.isdisjoint(basis.opens))


def _closed(view: ElementView, areas: Areas | None) -> ClosedView:
    return ClosedView(view, (areas or {}).get(view.key, ()))


def _is_told(record: PermittedRecord, key: str, others: Collection[str]) -> bool:
    """Whether others say it: where the role does not open it, or whom it names is named there too."""
    if record[key].state is State.NOT_IN_ROLE:
        return any(record[other].state is not State.NOT_IN_ROLE for other in others)
    named = set(_numbers(record, (key,)))
    return bool(named) and named <= set(_numbers(record, others))


def _numbers(record: PermittedRecord, keys: Iterable[str]) -> Iterator[str]:
    shown = (view for key in keys for view in entries.now(record[key], ()))
    return (row.number for view in shown for row in view.rows if row.number)


def _may_open_address(record: PermittedRecord) -> bool:
    """Whether a reason may show an address that is hidden: nobody sees that of who is strictly confidential."""
    hidden = any(record[key].state is State.PROTECTED for key in ADDRESS_ELEMENTS)
    return hidden and all(entry.graderingsnivaa != _STRICTEST for entry in record.entries_of(of.ADRESSEBESKYTTELSE))


def _hides_quietly(record: PermittedRecord) -> bool:
    """Whether no residence shows, in a role that is not told why: the words are the same for every reason."""
    return record["bostedsadresse"].state is State.EMPTY and not _sees_protection(record)


def _element(record: PermittedRecord, key: str, own: Own) -> ElementView:
    return ElementView(key, record[key].state.value, vocabulary.element_name(key), _entries(record, key, own))


def _entries(record: PermittedRecord, key: str, own: Own) -> tuple[EntryView, ...]:
    element = record[key]
    if element.state is State.PROTECTED:
        return _says(_("Skjermet"), *((_("Adressen kan ikke vises"),) if key in ADDRESS_ELEMENTS else ()))
    if key == "bostedsadresse" and _hides_quietly(record):
        # The same words for an unknown residence and a protected one: which it is, is itself confidential.
        return _says(_("Adressen kan ikke vises"))
    if key in HISTORY:
        return entries.before(record, key, own) if element.state is State.VALUE else ()
    return entries.now(element, own)


def _says(*lines: str) -> tuple[EntryView, ...]:
    return (EntryView((Row("", lines),)),)


def _sees_protection(record: PermittedRecord) -> bool:
    return record["adressebeskyttelse"].state is not State.NOT_IN_ROLE
