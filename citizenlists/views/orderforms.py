"""The pages of the order form: filled in from a template, an order or a search; sent, it places an order."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citizenlists import forms
from citizenlists.beforehand import Beforehand, look_ahead
from citizenlists.content import listtemplates
from citizenlists.forms import OrderForm
from citizenlists.orders import placing, visible
from citizenlists.owntemplates.offering import templates_of
from citizenlists.searchedform import SearchedOrderForm
from roles.access import Access
from roles.access.permissions import Permission, employee_of, requires
from roles.audit import Event
from roles.disclosure.denials import log_denial
from roles.disclosure.searchslips import SlipExpired, search_on
from roles.limits import LimitReached, whole_message, with_retry_after


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, access: Access) -> HttpResponse:
    """The order form for a free selection. POST places the order, from whichever template."""
    if request.method != "POST":
        return _form(request, access, OrderForm(access=access))
    return _place(request, access, OrderForm(request.POST, access=access))


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_POST
def from_search(request: HttpRequest, access: Access) -> HttpResponse:
    """The order form for the hits of a search, which a slip in the form holds; with its button pressed, the order."""
    try:
        search = search_on(access, request.POST.get("slip", ""))
    except SlipExpired:
        messages.warning(request, _("Søket er for gammelt, eller gjort i en annen rolle. Søk på nytt."))
        return redirect("citizenlists:index")
    sent = request.POST if "order" in request.POST else None
    form = SearchedOrderForm(sent, access=access, slip=request.POST["slip"], search=search)
    return _form(request, access, form) if sent is None else _place(request, access, form)


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_POST
def beforehand(request: HttpRequest, access: Access) -> HttpResponse:
    """The order form as it was filled in, with what the order will give. Nothing is ordered."""
    form = OrderForm(request.POST, access=access)
    told = look_ahead(access, form.request()) if form.is_valid() else None
    return _form(request, access, form, told)


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_safe
def from_template(request: HttpRequest, access: Access, template: str) -> HttpResponse:
    """The order form filled in from a template."""
    chosen = templates_of(access).get(template)
    if chosen is None:
        raise Http404
    return _form(request, access, OrderForm(access=access, initial=forms.from_template(template, chosen)))


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_safe
def order_again(request: HttpRequest, access: Access, order_id: UUID) -> HttpResponse:
    """The order form filled in from an order in the same role (Bestill på nytt)."""
    ordered = visible.order_in_role(order_id=order_id, access=access)
    if ordered is None or ordered.searched_by:
        log_denial(request, access, Event.ORDER_REFUSED, order=str(order_id))
        raise Http404
    return _form(request, access, OrderForm(access=access, initial=forms.from_order(ordered)))


def _place(request: HttpRequest, access: Access, form: OrderForm) -> HttpResponse:
    if not form.is_valid():
        if form.asks_beyond_role:
            log_denial(request, access, Event.ORDER_REFUSED, beyond_role=form.asks_beyond_role)
        return _form(request, access, form)
    asked = access.for_purpose(form.cleaned_data["purpose"])
    try:
        placed = placing.place_order(access=asked, by=employee_of(request), request=form.request())
    except LimitReached as limit:
        form.add_error(None, whole_message(limit))
        return with_retry_after(_form(request, access, form), limit)
    return redirect("citizenlists:status", placed.pk)


def _form(request: HttpRequest, access: Access, form: OrderForm, beforehand: Beforehand | None = None) -> HttpResponse:
    not_available = listtemplates.not_available(access.service_area)
    context = {"form": form, "not_available": not_available, "beforehand": beforehand}
    return render(request, "citizenlists/order.html", context, status=422 if form.errors else 200)
