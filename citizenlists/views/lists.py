"""The overview of lists, and the page of an order with what can be done about it."""

from contextlib import suppress

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from citizenlists import followups
from citizenlists.charts import charts_of
from citizenlists.followups import NoticeForm, ScheduleForm
from citizenlists.forms import FormId
from citizenlists.models import CitizenList, Every
from citizenlists.orders import lifecycle, notices, repeating, rights, schedules, visible
from citizenlists.orders.rights import RoleChanged
from citizenlists.presenters import about_list, present
from citizenlists.views.oforder import of_order
from roles.access import Access
from roles.access.permissions import Permission, employee_of, requires
from roles.audit import Event
from roles.disclosure.denials import log_denial
from roles.violations import PolicyViolation


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
    charts = charts_of(order) if rights.covers_finished(order, access) else []
    shown = {"order": present(order), "about": about_list(order, access), "charts": charts}
    context = {**shown, **followups.of_order(order), **faulty}
    return render(request, "citizenlists/status.html", context, status=422 if faulty else 200)
