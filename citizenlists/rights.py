"""Whether an order may still be carried out: asked anew before every lookup, at publishing and at every download."""

from dataclasses import replace

from citizenlists.criteria import CHECKED_ELEMENTS, ListCriteria
from citizenlists.models import CitizenList
from roles.access import Access, access_for
from roles.models import Employee, Use


class RoleChanged(Exception):
    """The role is live, but no longer gives all the order asks for. Not worth a retry: order anew."""


def criteria_of(order: CitizenList) -> ListCriteria:
    """Who the order is about."""
    return ListCriteria(order.kommune, order.born_from, order.born_to)


def access_to_build(order: CitizenList) -> Access:
    """The access of who ordered, as it is now, narrowed to what the list needs.

    Raises NoRole when the right is gone, RoleChanged when it no longer covers the order.
    """
    employee = Employee.objects.get(pk=order.ordered_by_id)
    access = covering(order, access_for(employee, order.role_id, Use.CITIZEN_LIST, request_id=order.request_id))
    needed = frozenset(order.elements) | (CHECKED_ELEMENTS & access.elements)
    return replace(access.for_purpose(order.purpose).for_intent(order.intent_id), elements=needed)


def covering(order: CitizenList, access: Access) -> Access:
    """The access itself, when it covers the order. Raises RoleChanged."""
    check(access, kommune=order.kommune, elements=frozenset(order.elements))
    return access


def check(access: Access, *, kommune: str, elements: frozenset[str]) -> None:
    """Raises RoleChanged unless the role gives these elements of the residents of this kommune."""
    if kommune not in access.kommuner or not elements <= access.elements:
        raise RoleChanged
