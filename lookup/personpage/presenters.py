"""Makes the person page from the record that the gate let through. Pure: no database, no register."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from lookup.personpage import entries
from lookup.personpage.entries import HISTORY, Own
from lookup.personpage.family import RELATIONS, FamilyView
from lookup.personpage.firstscreen import first_screen
from lookup.personpage.headings import GROUPS
from lookup.personpage.parts import (
    ClosedView,
    ElementView,
    EntryView,
    FamilyBlock,
    FirstScreen,
    GroupView,
    PersonPage,
)
from lookup.personpage.rows import Row
from lookup.personpage.who import identifier_of
from roles import vocabulary
from roles.access import LegalBasisRef
from roles.policy.marks import ADDRESS_ELEMENTS
from roles.policy.permitted import PermittedRecord, State

#: An element -> the other element that says the same.
_TOLD_BY: Final[Mapping[str, str]] = {"sivilstand.relatertVedSivilstand": "familierelasjon"}
#: An element -> names of the service areas that may have it.
Areas = Mapping[str, tuple[str, ...]]


def person_page(
    record: PermittedRecord,
    *,
    asked: str,
    today: date,
    family: FamilyView | None = None,
    bases: Sequence[LegalBasisRef] = (),
    areas: Areas | None = None,
) -> PersonPage:
    """The page of a record. asked: the number that was looked up. today: for the age. bases: the role's legal bases.

    family: the family of the same record; without it the page shows the relations as they are registered.
    """
    identifier = identifier_of(record)
    own = (asked, identifier.foedselsEllerDNummer if identifier else None)
    views = {key: _element(record, key, own) for group in GROUPS for key in group.elements}
    told = {key for key, other in _TOLD_BY.items() if _is_told(record, key, other)}
    first = first_screen(record, views, asked=asked, today=today)
    block = _family_block(family, views, bases)
    named = {view.key for view in block.elements} if block else set()
    left = {key: view for key, view in views.items() if key not in first.keys | told | named}
    protected = tuple(view for view in left.values() if view.state == State.PROTECTED)
    closed = [view for view in left.values() if view.state == State.NOT_IN_ROLE]
    return PersonPage(
        first=_with_bases(first, bases),
        family=block,
        groups=tuple(_groups(left, bases)),
        protected=protected,
        empty=tuple(view for view in left.values() if view.state != State.NOT_IN_ROLE and not view.entries),
        told=tuple(views[key] for key in views if key in told),
        closed=tuple(_closed(view, areas) for view in closed),
        may_be_hidden=_hides_quietly(record),
        views=views,
    )


def _family_block(
    family: FamilyView | None, views: Mapping[str, ElementView], bases: Sequence[LegalBasisRef]
) -> FamilyBlock | None:
    """The family with the elements whose whole content it shows; None when there is nothing to show."""
    if family is None or family.is_empty:
        return None
    told = tuple(views[key] for key in RELATIONS if views[key].state == State.VALUE and views[key].entries)
    return FamilyBlock(family, told, _rests_on(bases, (view.key for view in told)))


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


def _is_told(record: PermittedRecord, key: str, other: str) -> bool:
    closed = State.NOT_IN_ROLE
    return record[key].state is closed and record[other].state is not closed


def _hides_quietly(record: PermittedRecord) -> bool:
    """Whether the residence is empty in a role that does not see gradings. The page then uses the same words for every
    reason."""
    return record["bostedsadresse"].state is State.EMPTY and not _sees_protection(record)


def _element(record: PermittedRecord, key: str, own: Own) -> ElementView:
    return ElementView(key, record[key].state.value, vocabulary.element_name(key), _entries(record, key, own))


def _entries(record: PermittedRecord, key: str, own: Own) -> tuple[EntryView, ...]:
    element = record[key]
    if element.state is State.PROTECTED:
        return _says(_("Skjermet"), *((_("Adressen kan ikke vises"),) if key in ADDRESS_ELEMENTS else ()))
    if key == "bostedsadresse" and _hides_quietly(record):
        # An unknown residence and a protected one get the same words, because the difference is confidential.
        return _says(_("Adressen kan ikke vises"))
    if key in HISTORY:
        return entries.before(record, key, own) if element.state is State.VALUE else ()
    return entries.now(element, own)


def _says(*lines: str) -> tuple[EntryView, ...]:
    return (EntryView((Row("", lines),)),)


def _sees_protection(record: PermittedRecord) -> bool:
    return record["adressebeskyttelse"].state is not State.NOT_IN_ROLE
