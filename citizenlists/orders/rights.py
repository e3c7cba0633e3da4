"""Whether an order may still be carried out: asked anew before every lookup, at publishing and at every download."""

from dataclasses import replace

from citizenlists.content.criteria import CHECKED_ELEMENTS, ListCriteria
from citizenlists.models import CitizenList
from roles.access import Access, access_for
from roles.models import Employee, Use
from roles.policy.addressprotection import PROTECTION_ELEMENT

#: Besides the columns, where the role has them: who belongs on the list, and what may be told of who does not.
READ_ALONG = CHECKED_ELEMENTS | {PROTECTION_ELEMENT}


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
    needed = needed_for(order, access)
    return replace(access.for_purpose(order.purpose).for_intent(order.intent_id), elements=needed)


def needed_for(order: CitizenList, access: Access) -> frozenset[str]:
    """The elements a list is made of: its columns, and what is read along where the role has it."""
    return frozenset(order.elements) | (READ_ALONG & access.elements)


def covering(order: CitizenList, access: Access) -> Access:
    """The access itself, when it covers the order. Raises RoleChanged."""
    check(access, kommune=order.kommune, elements=frozenset(order.elements))
    return access


def check(access: Access, *, kommune: str, elements: frozenset[str]) -> None:
    """Raises RoleChanged unless the role gives these elements of the residents of this kommune."""
    if kommune not in access.kommuner or not elements <= access.elements:
        raise RoleChanged
