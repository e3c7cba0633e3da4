"""Looks up one person by number: alone, or with the family."""

from collections.abc import Callable
from dataclasses import replace

from integrations.folkeregisteret.documents import PersonRecord, current, current_number
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.clients import client, parts_needed
from roles.disclosure.deadlines import countdown
from roles.disclosure.employeelimits import count_lookups
from roles.disclosure.family import Circle, PersonAndFamily, family_of, read_circle
from roles.disclosure.logentries import check_access, entry, log, logged
from roles.disclosure.relatives import relatives
from roles.models import Use
from roles.policy.addressprotection import (
    PROTECTION_ELEMENT,
    ProtectionVerdict,
    is_protected,
    verdict,
)
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.judging import judge, shows_address
from roles.policy.marks import ADDRESS_ELEMENTS

#: Seconds for asking about the person and the relatives together, so that a page answers within three seconds. The
#: relatives always get at least _AT_LEAST.
_SECONDS, _AT_LEAST = 2.6, 0.2


def _is_somebody(record: PermittedRecord | None) -> bool:
    return record is not None


def _has_somebody(found: PersonAndFamily | None) -> bool:
    return found is not None


@count_lookups(found=_is_somebody)
def disclose(access: Access, number: str) -> PermittedRecord | None:
    """The person with this number, current or historical, as the role may see them; None when the register has none.

    A reason in the access opens confidential addresses when the role has the special right and the confidential basis.
    Raises PartyError, PolicyViolation, LimitReached, NoRole or SessionOver when the right was withdrawn before the
    register answered, and the audit log's own errors: nothing is disclosed that could not be logged.
    """
    found = _disclose(access, number, with_family=False)
    return found.person if found else None


@count_lookups(found=_has_somebody)
def disclose_with_family(access: Access, number: str) -> PersonAndFamily | None:
    """The same with the family, as far as the role opens relations. It counts as one lookup."""
    return _disclose(access, number, with_family=True)


def _disclose(access: Access, number: str, *, with_family: bool) -> PersonAndFamily | None:
    check_access(access, Use.SEARCH)
    asked = entry(access, Event.PERSON_ASKED)
    asked = replace(asked, subject=Subject(asked=number), elements_asked=access.elements)
    seconds = countdown(_SECONDS, at_least=_AT_LEAST)
    with logged(asked, Event.PERSON_ANSWERED):
        record = client(access.organisation_number).person(
            access.package, number, parts_needed(access, access.elements)
        )
        answer = replace(asked, event=Event.PERSON_ANSWERED)
        circle = _circle(access, number, record, seconds, with_family=with_family)
        access.check_still_held()
        if record is None:
            log(replace(answer, outcome=Outcome.NONE))
            return None
        permitted = restrict(record, elements=access.elements, protection=_protection(access, record, circle))
        found = family_of(access, record, permitted, circle) if with_family else PersonAndFamily(permitted, {})
        found = replace(found, may_open_address=_has_more_to_open(access, record, permitted, circle))
        log(
            replace(
                answer,
                outcome=Outcome.DELIVERED,
                subject=Subject(asked=number, current=current_number(record)),
                elements_delivered=permitted.delivered,
                flags=_flags(access, number, record),
            )
        )
    return found


def _protection(access: Access, record: PersonRecord, circle: Circle) -> ProtectionVerdict:
    nearest = circle.nearest.values() if shows_address(access.elements) else ()
    return judge(record, nearest, may_open=_may_open(access))


def _has_more_to_open(access: Access, record: PersonRecord, permitted: PermittedRecord, circle: Circle) -> bool:
    """Whether the reason that was not given would show an address: never one that is strictly confidential."""
    with_reason = replace(access, reason=access.reason or "-")
    if access.reason or not _may_open(with_reason):
        return False
    opened = restrict(record, elements=access.elements, protection=_protection(with_reason, record, circle))
    return any(len(opened[key].entries) > len(permitted[key].entries) for key in ADDRESS_ELEMENTS)


def _circle(
    access: Access, number: str, record: PersonRecord | None, seconds: Callable[[], float], *, with_family: bool
) -> Circle:
    """The relatives whose protection reaches the person. Without the family they are read only for their grading."""
    if record is None:
        return Circle({}, {}, frozenset())
    if with_family:
        return read_circle(access, number, record, seconds)
    related = _relatives(access, record, seconds())
    return Circle({str(place): relative for place, relative in enumerate(related)}, {}, frozenset())


def _relatives(access: Access, record: PersonRecord, within: float) -> list[PersonRecord]:
    # Skipped only for a role that sees gradings: for other roles the missing question would tell, by the shorter time,
    # that the person is protected.
    if access.sees_gradings and is_protected(record) and not verdict(record, may_open=_may_open(access)).opened:
        return []
    return relatives(access, [record], within=within, asks_anyway=not access.sees_gradings)


def _may_open(access: Access) -> bool:
    return access.confidential_addresses and bool(access.reason) and PROTECTION_ELEMENT in access.elements


def _flags(access: Access, number: str, record: PersonRecord) -> tuple[str, ...]:
    """Flags for a reviewer of the log that only the gate can compute. They hold no value of the record."""
    flags = {
        "same-surname": _same_surname(access.actor.label, record),
        "number-carried-on": current_number(record) not in (None, number),
        "confidential-address-reason": bool(access.reason),
    }
    return tuple(name for name, holds in flags.items() if holds)


def _same_surname(label: str, record: PersonRecord) -> bool:
    surnames = {name.etternavn.casefold() for name in current(record.navn) if name.etternavn}
    return not surnames.isdisjoint(label.casefold().split()[-1:])
