"""The right to carry an order out, checked before every lookup, at publishing and at every download."""

from dataclasses import replace

import msgspec

from citizenlists.content.criteria import CHECKED_ELEMENTS, ListCriteria, Narrowing
from citizenlists.content.layouts import LETTER_ELEMENTS, TO_GUARDIANS
from citizenlists.models import CitizenList
from roles.access import Access, access_for
from roles.models import Employee, Use
from roles.policy import elementtypes as of
from roles.policy.addressprotection import PROTECTION_ELEMENT
from roles.policy.judging import shows_address
from roles.policy.marks import RELATIONS

#: Read in addition to the columns when the role has them: for deciding who belongs on the list, and for gradings.
READ_ALONG = CHECKED_ELEMENTS | {PROTECTION_ELEMENT}
#: What tells whether somebody can be written to.
_LIVES = frozenset({of.STATUS.key, of.DOEDSFALL.key})


class RoleChanged(Exception):
    """The role is live but no longer covers the order. A retry does not help; a new order is needed."""


def criteria_of(order: CitizenList) -> ListCriteria:
    """The criteria of the order."""
    narrowing = msgspec.convert(order.narrowing, Narrowing)
    return ListCriteria(order.kommune, order.born_from, order.born_to, narrowing, tuple(order.searched_by))


def access_to_build(order: CitizenList) -> Access:
    """The access of the employee who ordered, as it is now, narrowed to the elements that the list needs.

    Raises NoRole when the right is gone, RoleChanged when it no longer covers the order.
    """
    access = _access_now(order, Employee.objects.get(pk=order.ordered_by_id))
    return replace(access, elements=needed_for(order, access))


def access_to_search(order: CitizenList) -> Access:
    """The access with every element of the role, for finding the persons of a list from a search. Raises NoRole also
    when the role may not search any more, and RoleChanged."""
    employee = Employee.objects.get(pk=order.ordered_by_id)
    access_for(employee, order.role_id, Use.SEARCH)
    return _access_now(order, employee)


def _access_now(order: CitizenList, employee: Employee) -> Access:
    access = covering(order, access_for(employee, order.role_id, Use.CITIZEN_LIST, request_id=order.request_id))
    return access.for_purpose(order.purpose).for_intent(order.intent_id)


def needed_for(order: CitizenList, access: Access) -> frozenset[str]:
    """The elements that a list needs: those of its columns and criteria, and those read along that the role has.

    READ_ALONG is read along, and where an address is ordered also every relation: the relatives that the role knows of
    hide the address on a list as they do on the page of a person. For letters to guardians the birth is read along: a
    letter about somebody of age is not to their guardians.
    """
    ordered = ordered_elements(order)
    hiding = RELATIONS.keys() if shows_address(ordered) else frozenset[str]()
    births = {of.FOEDSEL.key} if order.rows_per in TO_GUARDIANS else frozenset[str]()
    return ordered | (READ_ALONG | hiding | births) & access.elements


def of_guardians(order: CitizenList, access: Access) -> frozenset[str]:
    """The elements that a list needs of those with parental responsibility: names, and where they are written to also
    what letters need."""
    ordered = frozenset(order.elements)
    if not {of.FORELDREANSVAR.key, of.NAVN.key} <= ordered:
        return frozenset()
    letters = (
        needed_for(order, access) & {*LETTER_ELEMENTS, *_LIVES} if order.rows_per in TO_GUARDIANS else frozenset[str]()
    )
    return letters | {of.NAVN.key}


def covering(order: CitizenList, access: Access) -> Access:
    """Returns the access when it covers the order; otherwise raises RoleChanged."""
    check(access, kommune=order.kommune, elements=ordered_elements(order))
    return access


def covering_finished(order: CitizenList, access: Access) -> Access:
    """Returns the access when it covers the finished list; otherwise raises RoleChanged, also when the list was built
    for a role that saw gradings and this one does not: a missing address would tell of them."""
    if order.built_seeing_gradings and not access.sees_gradings:
        raise RoleChanged
    return covering(order, access)


def covers_finished(order: CitizenList, access: Access) -> bool:
    """Whether the access covers the finished list, as covering_finished() says."""
    try:
        covering_finished(order, access)
    except RoleChanged:
        return False
    return True


def ordered_elements(order: CitizenList) -> frozenset[str]:
    """The elements of the columns and the criteria."""
    return frozenset(order.elements) | criteria_of(order).elements


def check(access: Access, *, kommune: str, elements: frozenset[str]) -> None:
    """Raises RoleChanged unless the role may list the residents of this kommune with these elements. kommune: "" for a
    list from a search."""
    if (kommune and kommune not in access.kommuner) or not elements <= access.elements:
        raise RoleChanged
