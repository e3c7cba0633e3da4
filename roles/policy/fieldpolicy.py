"""Which information elements a role opens, and restrict(), the only way from a raw record to a permitted one. Pure.

restrict() lets through only the fields that the role opens (roles.policy.fields). Everything else that the register
sends is dropped, also a field that the register adds later.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import structs

from integrations.folkeregisteret.codes import Familierolle, codes_of
from integrations.folkeregisteret.documents import (
    WHOLE_ENTRY,
    Bostedsadresse,
    Entry,
    Familierelasjon,
    PersonRecord,
)
from integrations.folkeregisteret.elements import ELEMENTS, UMBRELLA_STATUS
from integrations.folkeregisteret.moments import norwegian_day
from roles.policy.addressprotection import PROTECTION_ELEMENT, UNPROTECTED, ProtectionVerdict, as_unknown_residence
from roles.policy.fieldplan import Closed, Rule, closed_fields, has_confidential_status, plan_for, with_their_property
from roles.policy.marks import ADDRESS_ELEMENTS
from roles.policy.permitted import PermittedElement, PermittedRecord, State, _seal

__all__ = ["PermittedElement", "PermittedRecord", "State", "opened_elements", "opens_confidential", "restrict"]

_FAMILY_ROLES = frozenset(codes_of(Familierolle) or ())
_OWN_ROLES = _FAMILY_ROLES | {None}


class Area(Protocol):
    """What the policy needs of a service area. may_hold_confidential: roles in it may open confidential elements."""

    @property
    def code(self) -> str: ...
    @property
    def may_hold_confidential(self) -> bool: ...


class BasisInForce(Protocol):
    """What the policy needs of a legal basis that is in force and covers the service area.

    confidential: the row says that it opens confidential elements. section_opens_confidential: so does its section.
    """

    @property
    def elements(self) -> list[str]: ...
    @property
    def confidential(self) -> bool: ...
    @property
    def section_opens_confidential(self) -> bool: ...


class Basis(BasisInForce, Protocol):
    """What the policy needs of a legal basis that may not be in force or not cover the service area."""

    def is_in_force(self, day: date) -> bool: ...
    def covers(self, area_code: str) -> bool: ...


def opened_elements(bases: Iterable[Basis], chosen: Iterable[str], area: Area, now: datetime) -> frozenset[str]:
    """The chosen elements that at least one of the bases opens at `now`, in this service area.

    A confidential element needs opens_confidential() of its basis and may_hold_confidential of the area. A split needs
    its property. Keys outside the vocabulary open nothing.
    """
    day = norwegian_day(now)
    return opened_by_those([basis for basis in bases if _holds(basis, area, day)], chosen, area)


def opened_by_those(in_force: Iterable[BasisInForce], chosen: Iterable[str], area: Area) -> frozenset[str]:
    """The same as opened_elements(), for bases that are known to be in force and to cover the area."""
    opened = {key for basis in in_force for key in basis.elements if _may_open(basis, area, key)}
    return with_their_property(opened & set(chosen))


def resting_on(basis: BasisInForce, elements: Iterable[str], area: Area) -> frozenset[str]:
    """Those of a role's elements that this one of its bases opens."""
    return frozenset(key for key in elements if key in basis.elements and _may_open(basis, area, key))


def opened_by(basis: Basis, area: Area, day: date) -> frozenset[str]:
    """The elements that one basis opens on this day, in this service area; empty when it is not in force there."""
    if not _holds(basis, area, day):
        return frozenset()
    return frozenset(key for key in basis.elements if _may_open(basis, area, key))


def _holds(basis: Basis, area: Area, day: date) -> bool:
    return basis.is_in_force(day) and basis.covers(area.code)


def _may_open(basis: BasisInForce, area: Area, key: str) -> bool:
    element = ELEMENTS.get(key)
    if element is None:
        return False
    return not element.is_confidential or (opens_confidential(basis) and area.may_hold_confidential)


def opens_confidential(basis: BasisInForce) -> bool:
    """Whether confidential elements may rest on this basis: both its row and the section it cites must say so."""
    return basis.confidential and basis.section_opens_confidential


def restrict(
    record: PersonRecord,
    *,
    elements: frozenset[str],
    protection: ProtectionVerdict,
    households: frozenset[str] = frozenset(),
) -> PermittedRecord:
    """What a role with these elements may see of the record, after address protection.

    protection: the verdict of roles.policy.judging. households: keyed marks to put on the record, for comparing it with
    others.
    """
    if PROTECTION_ELEMENT not in elements:
        protection = as_unknown_residence(record, protection)
    plan = plan_for(elements)
    shown = dict(plan.closed)
    for rule in plan.rules:
        held = getattr(record, rule.key)
        if protection is not UNPROTECTED:
            shown[rule.key] = _apply_protection(rule, held, protection)
        elif held:
            shown[rule.key] = _element(rule, _as_entries(held), rule.closed)
    for split in plan.splits:
        shown[split.key] = split.read(shown)
    return _seal(shown, households)


def _as_entries(held: Any) -> Iterable[Entry]:
    return held if isinstance(held, (list, tuple)) else (held,)


def _apply_protection(rule: Rule, held: Any, protection: ProtectionVerdict) -> PermittedElement:
    if rule.key in protection.hidden:
        return rule.hidden
    entries = list(_as_entries(held)) if held else []
    admitted = entries
    if rule.key in ADDRESS_ELEMENTS:
        admitted = [entry for entry in entries if protection.admits(entry)]
    if protection.hides_history:
        admitted = [entry for entry in admitted if _is_current(entry)]
    if entries and not admitted:
        return rule.hidden
    return _element(rule, admitted, closed_fields(rule.key, rule.fields - protection.closed_fields))


def _element(rule: Rule, entries: Iterable[Entry], closed: Closed) -> PermittedElement:
    current: list[Entry] = []
    earlier: list[Entry] = []
    for entry in entries:
        if not _is_known(rule, entry):
            continue
        if _is_current(entry):
            current.append(_permitted(rule, entry, closed))
        elif rule.history:
            earlier.append(_permitted(rule, entry, closed))
    if not current and not earlier:
        return PermittedElement(rule.key, State.EMPTY)
    return PermittedElement(rule.key, State.VALUE, tuple(current), tuple(earlier))


def _is_known(rule: Rule, entry: Entry) -> bool:
    """Whether the entry may be shown at all.

    An unknown residence is shown only to roles that may see gradings. A family relation of a new kind is never shown:
    the register adds kinds without a new version, and until somebody decides who may see one, it is hidden.
    """
    if isinstance(entry, Familierelasjon):
        return entry.unread == (WHOLE_ENTRY,) or _has_known_roles(entry)
    return rule.unknown_residence or not (isinstance(entry, Bostedsadresse) and entry.ukjentBosted)


def _has_known_roles(relation: Familierelasjon) -> bool:
    return relation.relatertPersonsRolle in _FAMILY_ROLES and relation.minRolleForPerson in _OWN_ROLES


def _is_current(entry: Entry) -> bool:
    return entry.erGjeldende is not False


def _permitted(rule: Rule, entry: Entry, closed: Closed) -> Entry:
    """The entry with the closed fields emptied. Returns the same object when they are empty already."""
    changes = {name: empty for name, empty in closed if getattr(entry, name) != empty}
    if entry.unread:
        changes["unread"] = _open_holes(entry.unread, closed)
    if not rule.whole_status and has_confidential_status(entry) and not entry.unread:
        changes["status"] = UMBRELLA_STATUS
    return structs.replace(entry, **changes) if changes else entry


def _open_holes(unread: Iterable[str], closed: Closed) -> tuple[str, ...]:
    """The names of unread fields that the role opens: a hole tells no more than the value would."""
    names = {name for name, _ in closed}
    return tuple(name for name in unread if name not in names)
