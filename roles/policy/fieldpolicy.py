"""Which information elements a role opens, and the only door from a raw record to a permitted one. Pure.

restrict() lets through the fields the role opens (roles.policy.fields) and nothing else: what the register sends beyond
what was asked, or adds later, falls away.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from msgspec import structs

from integrations.folkeregisteret.codes import Familierolle, listed
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

_FAMILY_ROLES = frozenset(listed(Familierolle) or ())
_OWN_ROLES = _FAMILY_ROLES | {None}


class Area(Protocol):
    """A service area, as far as the policy asks."""

    @property
    def code(self) -> str: ...
    @property
    def may_hold_confidential(self) -> bool: ...


class BasisInForce(Protocol):
    """A legal basis that holds now, in the service area asked about."""

    @property
    def elements(self) -> list[str]: ...
    @property
    def confidential(self) -> bool: ...
    @property
    def section_opens_confidential(self) -> bool: ...


class Basis(BasisInForce, Protocol):
    """A legal basis, as far as the policy asks."""

    def is_in_force(self, day: date) -> bool: ...
    def covers(self, area_code: str) -> bool: ...


def opened_elements(bases: Iterable[Basis], chosen: Iterable[str], area: Area, now: datetime) -> frozenset[str]:
    """The chosen elements that one of the bases opens now, in this service area.

    A confidential element needs a confidential basis whose section opens such, and an area that may hold such; a split
    needs its property. Keys outside the vocabulary open nothing.
    """
    day = norwegian_day(now)
    return opened_by_those([basis for basis in bases if _holds(basis, area, day)], chosen, area)


def opened_by_those(in_force: Iterable[BasisInForce], chosen: Iterable[str], area: Area) -> frozenset[str]:
    """The same of bases that are known to hold now, in this service area."""
    opened = {key for basis in in_force for key in basis.elements if _may_open(basis, area, key)}
    return with_their_property(opened & set(chosen))


def resting_on(basis: BasisInForce, elements: Iterable[str], area: Area) -> frozenset[str]:
    """Those of a role's elements that this one of its bases opens."""
    return frozenset(key for key in elements if key in basis.elements and _may_open(basis, area, key))


def opened_by(basis: Basis, area: Area, day: date) -> frozenset[str]:
    """What one basis opens by itself on this day, in this service area: nothing where it does not hold."""
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
    """Whether confidential elements may rest on it: its row says so, and so does the section it cites."""
    return basis.confidential and basis.section_opens_confidential


def restrict(
    record: PersonRecord,
    *,
    elements: frozenset[str],
    protection: ProtectionVerdict,
    households: frozenset[str] = frozenset(),
) -> PermittedRecord:
    """What a role with these elements may see of the record, after roles.policy.addressprotection."""
    if PROTECTION_ELEMENT not in elements:
        protection = as_unknown_residence(record, protection)
    plan = plan_for(elements)
    shown = dict(plan.closed)
    for rule in plan.rules:
        held = getattr(record, rule.key)
        if protection is not UNPROTECTED:
            shown[rule.key] = _protected(rule, held, protection)
        elif held:
            shown[rule.key] = _element(rule, _listed(held), rule.closed)
    for split in plan.splits:
        shown[split.key] = split.read(shown)
    return _seal(shown, households)


def _listed(held: Any) -> Iterable[Entry]:
    return held if isinstance(held, (list, tuple)) else (held,)


def _protected(rule: Rule, held: Any, protection: ProtectionVerdict) -> PermittedElement:
    if rule.key in protection.hidden:
        return rule.hidden
    entries = list(_listed(held)) if held else []
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
    """Whether there is something to show: not of an unknown residence in every role, nor of a relation that is new.

    The register adds relations without a new version, foster parents among them. Until somebody has decided who may
    see one, it is hidden, as a new element is.
    """
    if isinstance(entry, Familierelasjon):
        return entry.unread == (WHOLE_ENTRY,) or _has_known_roles(entry)
    return rule.unknown_residence or not (isinstance(entry, Bostedsadresse) and entry.ukjentBosted)


def _has_known_roles(relation: Familierelasjon) -> bool:
    return relation.relatertPersonsRolle in _FAMILY_ROLES and relation.minRolleForPerson in _OWN_ROLES


def _is_current(entry: Entry) -> bool:
    return entry.erGjeldende is not False


def _permitted(rule: Rule, entry: Entry, closed: Closed) -> Entry:
    """The entry without the closed fields; itself when they are empty already."""
    changes = {name: empty for name, empty in closed if getattr(entry, name) != empty}
    if entry.unread:
        changes["unread"] = _open_holes(entry.unread, closed)
    if not rule.whole_status and has_confidential_status(entry) and not entry.unread:
        changes["status"] = UMBRELLA_STATUS
    return structs.replace(entry, **changes) if changes else entry


def _open_holes(unread: Iterable[str], closed: Closed) -> tuple[str, ...]:
    """What could not be read, as far as the role opens it: a hole tells no more than the value would."""
    names = {name for name, _ in closed}
    return tuple(name for name in unread if name not in names)
