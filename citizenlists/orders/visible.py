"""The orders that an employee may see: those in roles they hold now. Others are treated as if they did not exist."""

from uuid import UUID

from django.db.models import QuerySet

from citizenlists.models import CitizenList, Schedule
from roles.access import Access, NoRole, access_for
from roles.access.liveroles import live_roles
from roles.models import Employee, Use

SHOWN = 100


def orders_of(*, employee: Employee, access: Access) -> QuerySet[CitizenList]:
    """The newest orders of the chosen role's organisation in the list roles that the employee holds."""
    roles = live_roles(employee, Use.CITIZEN_LIST)
    orders = CitizenList.objects.filter(organisation_id=access.organisation_id, role__in=roles)
    return orders.select_related("ordered_by", "own_workbook").defer("own_workbook__shell")[:SHOWN]


def schedules_of(*, employee: Employee, access: Access) -> QuerySet[Schedule]:
    """The schedules of the same organisation and roles, the next one first. Each has its order fetched."""
    roles = live_roles(employee, Use.CITIZEN_LIST)
    schedules = Schedule.objects.filter(order__organisation_id=access.organisation_id, order__role__in=roles)
    return schedules.select_related("order__ordered_by").order_by("ended", "due_at")[:SHOWN]


def order_in_role(*, order_id: UUID, access: Access) -> CitizenList | None:
    """The order when it was placed in the role of this access, otherwise None."""
    return CitizenList.objects.filter(pk=order_id, role_id=access.role_id).first()


def find_order(*, order_id: UUID, employee: Employee, asking: Access) -> tuple[CitizenList, Access] | None:
    """The order and the employee's access in its role; None when there is no such order for this employee.

    asking: the access of the request; the returned access depends on the same session.
    """
    orders = CitizenList.objects.select_related("role", "organisation", "ordered_by", "own_workbook")
    order = orders.defer("own_workbook__shell").filter(pk=order_id).first()
    if order is None:
        return None
    try:
        access = access_for(
            employee,
            order.role_id,
            Use.CITIZEN_LIST,
            request_id=asking.request_id,
            in_session=asking.in_session,
        )
    except NoRole:
        return None
    return order, access.for_purpose(order.purpose).for_intent(order.intent_id)
