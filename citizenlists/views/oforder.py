"""The decorator of views about one order."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from citizenlists.models import CitizenList
from citizenlists.orders import visible
from roles.access import Access
from roles.access.permissions import employee_of
from roles.audit import Event
from roles.disclosure.denials import log_denial

OrderPage = Callable[[HttpRequest, CitizenList, Access], HttpResponseBase]


def of_order(view: OrderPage) -> Callable[[HttpRequest, Access, UUID], HttpResponseBase]:
    """A decorator that gives the view the order, and the access in the order's own role.

    Raises Http404 for an order that does not exist or that the employee may not see.
    """

    @wraps(view)
    def answered(request: HttpRequest, access: Access, order_id: UUID) -> HttpResponseBase:
        found = visible.find_order(order_id=order_id, employee=employee_of(request), asking=access)
        if found is None:
            log_denial(request, access, Event.ORDER_REFUSED, order=str(order_id))
            raise Http404
        return view(request, *found)

    return answered
