"""The pages of citizen lists. Each view declares a permission, reads a form or an order, makes one service call and
renders a page."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from citizenlists import followups, forms
from citizenlists.ageing import in_words
from citizenlists.beforehand import Beforehand, look_ahead
from citizenlists.charts import charts_of
from citizenlists.content import listtemplates
from citizenlists.download import Aged, ChangedSince, Download, Withdrawn, open_download
from citizenlists.followups import NoticeForm, ScheduleForm
from citizenlists.forms import FormId, OrderForm
from citizenlists.models import CitizenList, Every
from citizenlists.orders import lifecycle, notices, repeating, schedules, visible
from citizenlists.orders.rights import RoleChanged
from citizenlists.owntemplates.offering import templates_of
from citizenlists.presenters import about_list, present
from citizenlists.searchedform import SearchedOrderForm
from citizenlists.storage import Unreadable
from roles.access import Access
from roles.access.permissions import Permission, employee_of, requires
from roles.audit import Event
from roles.disclosure.denials import log_denial
from roles.disclosure.searchslips import SlipExpired, search_on
from roles.limits import LimitReached, whole_message, with_retry_after
from roles.violations import PolicyViolation

logger = logging.getLogger(__name__)

#: In the address of a download: the list is wanted also when somebody on it has moved.
TAKEN_AGED = "likevel"

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


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_safe
def index(request: HttpRequest, access: Access) -> HttpResponse:
    """The organisation's lists in the roles the employee holds."""
    orders = visible.orders_of(employee=employee_of(request), access=access)
    presented = [present(order, chosen_role=access.role_id) for order in orders]
    scheduled = visible.schedules_of(employee=employee_of(request), access=access)
    context = {"orders": presented, "scheduled": [(one, present(one.order)) for one in scheduled]}
    return render(request, "citizenlists/index.html", context)


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


def _place(request: HttpRequest, access: Access, form: OrderForm) -> HttpResponse:
    if not form.is_valid():
        if form.asks_beyond_role:
            log_denial(request, access, Event.ORDER_REFUSED, beyond_role=form.asks_beyond_role)
        return _form(request, access, form)
    asked = access.for_purpose(form.cleaned_data["purpose"])
    try:
        placed = lifecycle.place_order(access=asked, by=employee_of(request), request=form.request())
    except LimitReached as limit:
        form.add_error(None, whole_message(limit))
        return with_retry_after(_form(request, access, form), limit)
    return redirect("citizenlists:status", placed.pk)


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


@requires(Permission.CITIZEN_LIST)
@never_cache
@require_safe
@of_order
def status(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """The progress of an order. The page asks for it by itself until the order has ended."""
    if "HX-Request" not in request.headers:
        return _page(request, order, access)
    # An unchanged state is not announced again to a user of a screen reader.
    has_moved = request.GET.get("shown") != order.state
    return render(request, "citizenlists/_progress.html", {"order": present(order), "has_moved": has_moved})


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def repeat(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Places the same order once more (Gjenta), with the birth years of its template today."""
    if order.searched_by:
        raise Http404
    try:
        form_id = FormId().clean(request.POST.get("form_id"))
        placed = repeating.repeat(access=access, by=employee_of(request), order=order, form_id=form_id)
    except RoleChanged:
        log_denial(request, access, Event.ORDER_REFUSED, order=str(order.pk))
        return render(request, "citizenlists/withheld.html", {"order": order}, status=409)
    return redirect("citizenlists:status", placed.pk)


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def ask_for_notice(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Has an e-mail sent when the order has ended (Varsle meg). When it has ended already, its page says so."""
    form = NoticeForm(request.POST)
    if not notices.are_sent():
        raise Http404
    if not form.is_valid():
        return _page(request, order, access, notice_form=form)
    with suppress(lifecycle.NotNow):
        notices.ask_for_notice(order=order, access=access, address=form.cleaned_data["address"])
    return redirect("citizenlists:status", order.pk)


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def make_schedule(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Has the order placed again every month or year (Lag listen av seg selv)."""
    if order.searched_by:
        raise Http404
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _page(request, order, access, schedule_form=form)
    every, told = Every(form.cleaned_data["every"]), form.cleaned_data.get("told", "")
    try:
        schedules.make_schedule(order=order, access=access, by=employee_of(request), every=every, address=told)
    except RoleChanged:
        log_denial(request, access, Event.ORDER_REFUSED, order=str(order.pk))
        return render(request, "citizenlists/withheld.html", {"order": order}, status=409)
    except PolicyViolation as violation:
        form.add_error("every", str(violation))
        return _page(request, order, access, schedule_form=form)
    return redirect("citizenlists:status", order.pk)


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def end_schedule(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Ends the schedule (Stopp tidsplanen). When it has none, nothing changes."""
    del request
    with suppress(lifecycle.NotNow):
        schedules.end_schedule(order=order, access=access)
    return redirect("citizenlists:status", order.pk)


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def cancel(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Cancels the order (Avbryt). When it has ended already, nothing changes and the page shows its state."""
    del request
    lifecycle.cancel_if_unfinished(access=access, order=order)
    return redirect("citizenlists:status", order.pk)


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def delete(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Deletes a finished list before its time (Slett). When it has ended already, nothing changes."""
    del request
    with suppress(lifecycle.NotNow):
        lifecycle.delete_list(access=access, order=order)
    return redirect("citizenlists:index")


@requires(Permission.CITIZEN_LIST)
@require_GET
@of_order
def download(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponseBase:
    """The file itself."""
    try:
        return _file(order, access, open_download(order=order, access=access, takes_it_aged=TAKEN_AGED in request.GET))
    except lifecycle.NotNow:
        raise Http404 from None
    except Unreadable:
        lifecycle.give_up_damaged(order=order, access=access)
        return render(request, "citizenlists/withheld.html", {"order": order, "damaged": True}, status=410)
    except OSError:
        logger.exception("the files of list %s cannot be read", order.pk)
        return _later(request, order)
    except (ChangedSince, lifecycle.DownloadsSpent, RoleChanged, PolicyViolation) as problem:
        log_denial(request, access, Event.FILE_REFUSED, order=str(order.pk), reason=type(problem).__name__)
        return render(request, "citizenlists/withheld.html", _withheld(order, problem), status=409)


@requires(Permission.CITIZEN_LIST)
@require_POST
@of_order
def take_up_again(request: HttpRequest, order: CitizenList, access: Access) -> HttpResponse:
    """Takes a failed order up again (Lag listen på nytt). When the order is not failed any more, nothing changes."""
    try:
        lifecycle.take_up_again(access=access, order=order)
    except lifecycle.NotNow:
        pass
    except RoleChanged:
        return render(request, "citizenlists/withheld.html", {"order": order}, status=409)
    return redirect("citizenlists:status", order.pk)


def _page(request: HttpRequest, order: CitizenList, access: Access, **faulty: Form) -> HttpResponse:
    """The page of an order. faulty: a form with errors in place of an empty one, by its name."""
    shown = {"order": present(order), "about": about_list(order, access), "charts": charts_of(order)}
    context = {**shown, **followups.of_order(order), **faulty}
    return render(request, "citizenlists/status.html", context, status=422 if faulty else 200)


def _withheld(order: CitizenList, problem: Exception) -> dict[str, object]:
    changes = in_words(problem.changes) if isinstance(problem, ChangedSince) else ""
    return {
        "order": order,
        "changes": changes,
        "withdrawn": isinstance(problem, Withdrawn),
        "aged": isinstance(problem, Aged),
        "spent": isinstance(problem, lifecycle.DownloadsSpent),
        "taken_aged": TAKEN_AGED,
        "form_id": uuid4(),
    }


def _later(request: HttpRequest, order: CitizenList) -> HttpResponse:
    response = render(request, "citizenlists/withheld.html", {"order": order, "later": True}, status=503)
    response["Retry-After"] = "60"
    return response


def _form(request: HttpRequest, access: Access, form: OrderForm, beforehand: Beforehand | None = None) -> HttpResponse:
    not_available = listtemplates.not_available(access.service_area)
    context = {"form": form, "not_available": not_available, "beforehand": beforehand}
    return render(request, "citizenlists/order.html", context, status=422 if form.errors else 200)


def _file(order: CitizenList, access: Access, download: Download) -> StreamingHttpResponse:
    content = _noticing_damage(order, access, download.content)
    response = StreamingHttpResponse(content, content_type=download.content_type)
    response["Content-Disposition"] = f'attachment; filename="{download.file_name}"'
    response["Content-Length"] = str(download.size)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _noticing_damage(order: CitizenList, access: Access, content: Iterator[bytes]) -> Iterator[bytes]:
    """The content. When a file is found damaged while it is sent, the order fails and the content stops before the
    announced length, so that the receiver sees that it is not whole."""
    try:
        yield from content
    except Unreadable:
        lifecycle.give_up_damaged(order=order, access=access)
        raise
