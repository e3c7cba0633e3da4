"""The audit log entries about orders."""

from dataclasses import replace

from citizenlists.models import CitizenList
from citizenlists.orders import rights
from roles import keyring
from roles.access import Access
from roles.actors import Actor, actor_of, system
from roles.audit import JSON, Entry, Event, Outcome
from roles.models import Use

CLOCK = system("clock")
WORKER = system("worker")
_DELIVERING = (Event.FILE_PUBLISHED, Event.FILE_DOWNLOADED)


def of_person(event: Event, order: CitizenList, access: Access, **details: JSON) -> Entry:
    """The entry for an act of a person on an order."""
    return _entry(event, order, access.actor, access=access, details=details)


def denied(event: Event, order: CitizenList, access: Access) -> Entry:
    """The entry for an act on an order that the person may not do any more."""
    return replace(of_person(event, order, access), outcome=Outcome.DENIED, elements_delivered=())


def of_system(event: Event, order: CitizenList, actor: Actor, access: Access | None = None, **details: JSON) -> Entry:
    """The entry for an act of the system on behalf of the person who placed the order. access: the right it is done
    by."""
    return _entry(event, order, actor, access=access, on_behalf_of=actor_of(order.ordered_by), details=details)


def _entry(
    event: Event,
    order: CitizenList,
    actor: Actor,
    *,
    access: Access | None,
    details: dict[str, JSON],
    on_behalf_of: Actor | None = None,
) -> Entry:
    delivers = event in _DELIVERING
    return Entry(
        event=event,
        actor=actor,
        organisation_id=order.organisation_id,
        on_behalf_of=on_behalf_of,
        role_id=order.role_id,
        service_area=order.role.service_area_id,
        legal_bases=tuple(basis.key for basis in access.legal_bases) if access else (),
        use=Use.CITIZEN_LIST,
        intent_id=order.intent_id,
        purpose=order.purpose,
        criteria=_criteria(order) if event is Event.ORDER_PLACED else {},
        elements_asked=rights.ordered_elements(order),
        elements_delivered=frozenset(order.elements) if delivers else (),
        outcome=Outcome.DELIVERED if delivers else None,
        request_id=access.request_id if access else order.request_id,
        details={"order": str(order.pk), **details},
    )


def _criteria(order: CitizenList) -> dict[str, str]:
    given = {"kommune": order.kommune, "born_from": order.born_from, "born_to": order.born_to} | order.narrowing
    return {
        kind: keyring.keyed_hash(f"criterion:{kind}", order.organisation_id, str(value))
        for kind, value in given.items()
    }
