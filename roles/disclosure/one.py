"""disclose(): one person, looked up by number."""

from dataclasses import replace
from time import monotonic

from integrations.folkeregisteret.documents import PersonRecord, current, current_number
from roles.access import Access
from roles.audit import Event, Outcome, Subject
from roles.disclosure.clients import client, parts_needed
from roles.disclosure.employeelimits import counted
from roles.disclosure.logentries import check_access, entry, log, logged
from roles.disclosure.relatives import relatives
from roles.models import Use
from roles.policy.addressprotection import (
    PROTECTION_ELEMENT,
    UNPROTECTED,
    ProtectionVerdict,
    is_protected,
    verdict,
)
from roles.policy.fieldpolicy import PermittedRecord, restrict
from roles.policy.judging import judge

#: Seconds for asking about the person and the relatives together, so that a page answers within three seconds. The
#: relatives always get at least _AT_LEAST.
_SECONDS, _AT_LEAST = 2.6, 0.2


def _is_somebody(record: PermittedRecord | None) -> bool:
    return record is not None


@counted(found=_is_somebody)
def disclose(access: Access, number: str) -> PermittedRecord | None:
    """The person with this number, current or historical, as the role may see them; None when the register has none.

    A reason in the access opens confidential addresses when the role has the special right and the confidential basis.
    Raises PartyError, PolicyViolation, LimitReached, NoRole or SessionOver when the right was withdrawn before the
    register answered, and the audit log's own errors: nothing is disclosed that could not be logged.
    """
    check_access(access, Use.SEARCH)
    asked = entry(access, Event.PERSON_ASKED)
    asked = replace(asked, subject=Subject(asked=number), elements_asked=access.elements)
    started = monotonic()
    with logged(asked, Event.PERSON_ANSWERED):
        record = client(access.organisation_number).person(
            access.package, number, parts_needed(access, access.elements)
        )
        answer = replace(asked, event=Event.PERSON_ANSWERED)
        protection = UNPROTECTED if record is None else _protection(access, record, started)
        access.check_still_held()
        if record is None:
            log(replace(answer, outcome=Outcome.NONE))
            return None
        permitted = restrict(record, elements=access.elements, protection=protection)
        log(
            replace(
                answer,
                outcome=Outcome.DELIVERED,
                subject=Subject(asked=number, current=current_number(record)),
                elements_delivered=permitted.delivered,
                flags=_flags(access, number, record),
            )
        )
    return permitted


def _protection(access: Access, record: PersonRecord, started: float) -> ProtectionVerdict:
    may_open = _may_open(access)
    return judge(record, _relatives(access, record, started, may_open=may_open), may_open=may_open)


def _relatives(access: Access, record: PersonRecord, started: float, *, may_open: bool) -> list[PersonRecord]:
    # Skipped only for a role that sees gradings: for other roles the missing question would tell, by the shorter time,
    # that the person is protected.
    if access.sees_gradings and is_protected(record) and not verdict(record, may_open=may_open).opened:
        return []
    left = max(_SECONDS - (monotonic() - started), _AT_LEAST)
    return relatives(access, [record], within=left, asks_anyway=not access.sees_gradings)


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
