"""Places orders: the row, its doorbell and its log entry, in one transaction."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction

from citizenlists import storage
from citizenlists.content.criteria import ListCriteria
from citizenlists.models import (
    CitizenList,
    FileFormat,
    Layout,
    RowsPer,
    State,
)
from citizenlists.orders import logentries, outbox, rights
from citizenlists.orders.orderlimits import room_for_one_more
from citizenlists.orders.searched import sealed_search
from integrations.folkeregisteret.criteria import SearchCriteria
from roles.access import Access
from roles.audit import Event, append
from roles.models import Employee

_WITHOUT_A_LIST = (State.FAILED, State.CANCELLED, State.EXPIRED, State.DELETED)


@dataclass(frozen=True, slots=True)
class Request:
    """The content of an order. elements: keys of the vocabulary. template: the key of a central or an own template.

    search: the search that the list is from; its criteria are then from_search(). template_name: of an own template; ""
    for a central one. form_id: the id of the form; None when it was not ordered by a form.
    """

    template: str
    criteria: ListCriteria
    elements: tuple[str, ...]
    purpose: str
    form_id: UUID | None = None
    layout: str = Layout.ALL.value
    sorting: str = ""
    file_format: str = FileFormat.EXCEL.value
    own_workbook: UUID | None = None
    rows_per: str = RowsPer.PERSON.value
    template_name: str = ""
    search: SearchCriteria | None = None


def place_order(*, access: Access, by: Employee, request: Request) -> CitizenList:
    """Places an order and calls a worker to it. Raises RoleChanged when the role does not cover it, and LimitReached.

    The same form sent again unchanged returns the order of the first time, unless that ended without a list.
    """
    elements = frozenset(request.elements) | request.criteria.elements
    rights.check(access, kommune=request.criteria.kommune, elements=elements)
    order_key = _order_key(access, request)
    while placed := _placed_before(by, order_key):
        if placed.state not in _WITHOUT_A_LIST:
            return placed
        order_key = uuid5(order_key, "again")
    try:
        return _place(access, by, request, order_key)
    except IntegrityError:
        if placed := _placed_before(by, order_key):
            return placed  # by the same form, which was sent twice at the same moment
        raise


def _order_key(access: Access, request: Request) -> UUID:
    """The key of an order: equal for the same form with the same content, sent in the same role."""
    return uuid5(request.form_id or uuid4(), repr((access.role_id, replace(request, form_id=None))))


def _placed_before(by: Employee, order_key: UUID) -> CitizenList | None:
    return CitizenList.objects.filter(ordered_by=by, order_key=order_key).first()


def _place(access: Access, by: Employee, request: Request, order_key: UUID) -> CitizenList:
    order = _new_order(access, by, request)
    order.order_key, order.sealed_key = order_key, storage.new_sealed_key(order.pk)
    if request.search is not None:
        order.sealed_search = sealed_search(order.pk, request.search)
    with room_for_one_more(access, by):
        order.save(force_insert=True)
        outbox.ring(order.pk)
        append(logentries.of_person(Event.ORDER_PLACED, order, access), on="default")
    return order


def place_scheduled(*, access: Access, by: Employee, request: Request) -> CitizenList:
    """Places the order of a schedule, for a worker. Raises RoleChanged.

    The limit on unfinished orders does not hold for it; how many schedules one person has is limited (schedules.py).
    """
    elements = frozenset(request.elements) | request.criteria.elements
    rights.check(access, kommune=request.criteria.kommune, elements=elements)
    order = _new_order(access, by, request)
    order.sealed_key = storage.new_sealed_key(order.pk)
    with transaction.atomic():
        order.save(force_insert=True)
        outbox.ring(order.pk)
        append(logentries.of_system(Event.ORDER_PLACED, order, logentries.WORKER, access), on="default")
    return order


def _new_order(access: Access, by: Employee, request: Request) -> CitizenList:
    return CitizenList(
        organisation_id=access.organisation_id,
        role_id=access.role_id,
        ordered_by=by,
        intent_id=access.intent_id,
        request_id=access.request_id,
        template=request.template,
        template_name=request.template_name,
        kommune=request.criteria.kommune,
        born_from=request.criteria.born_from,
        born_to=request.criteria.born_to,
        narrowing=request.criteria.narrowing.given(),
        searched_by=list(request.criteria.searched_by),
        elements=list(request.elements),
        layout=request.layout,
        sorting=request.sorting,
        file_format=request.file_format,
        own_workbook_id=request.own_workbook,
        rows_per=request.rows_per,
        purpose=request.purpose,
    )
