"""The pages for logout, for the time left of a session and for the choice of role."""

import time
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from roles.access import RoleProblem
from roles.access.choice import held_roles
from roles.access.permissions import Permission, employee_of, requires
from roles.access.sessionlimits import end_of
from roles.login import providerlogout, sessions
from roles.login.backchannel import LogoutRefused, log_out_by_token
from roles.login.forms import RoleChoiceForm
from roles.login.frontchannel import log_out_by_session
from roles.models import Employee
from roles.wayback import page_of_ours


@requires(Permission.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def logout(request: HttpRequest) -> HttpResponseBase:
    """GET asks, POST logs out, because a link must not end a session. Logs out here first, then at the provider."""
    employee = request.user
    if not isinstance(employee, Employee):
        return redirect("home")
    if request.method != "POST":
        return render(request, "roles/logout.html")
    sessions.close_session(request=request, employee=employee)
    elsewhere = providerlogout.address_for(employee)
    return redirect(elsewhere) if elsewhere else _goodbye_page(request)


@requires(Permission.PUBLIC)
@never_cache
@require_safe
def logged_out(request: HttpRequest) -> HttpResponseBase:
    """The page to which the provider returns the browser after logout there. A logged-in employee is sent home."""
    return redirect("home") if request.user.is_authenticated else _goodbye_page(request)


@requires(Permission.PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """The seconds that the session has left, as JSON, for the warning on the page; POST extends the session.

    An anonymous visitor gets 0 seconds.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0, "extendable": False})
    if request.method == "POST":
        sessions.extend_session(request=request)
    end = end_of(request.session, time.time())
    return JsonResponse({"seconds": end.seconds_left, "extendable": end.can_be_extended})


@requires(Permission.PUBLIC)
@require_safe
def session_over(request: HttpRequest) -> HttpResponse:
    """The page to which an open page moves when its session has ended, so that it shows no data any more."""
    return render(request, "roles/session_over.html")


@requires(Permission.PUBLIC)
@csrf_exempt
@never_cache
@require_POST
def logout_notice(request: HttpRequest) -> HttpResponse:
    """Takes the provider's back-channel notice of a logout. It comes from no browser; its signature authenticates
    it."""
    try:
        log_out_by_token(request.POST.get("logout_token", ""))
    except LogoutRefused:
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse()


@requires(Permission.PUBLIC)
@never_cache
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["https:"]})  # framing is harmless: the page has no link and no button
@require_GET
def logout_elsewhere(request: HttpRequest) -> HttpResponse:
    """The page that the provider's logout page opens in a frame. It looks the same whether or not a session ended."""
    log_out_by_session(request.GET.get("sid", ""), request.GET.get("iss"))
    return render(request, "roles/logged_out_elsewhere.html")


@requires(Permission.LOGGED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_role(request: HttpRequest) -> HttpResponseBase:
    """The page where an employee chooses which of their roles to work in."""
    held = held_roles(request)
    if not held:
        return redirect("no-role")
    form = RoleChoiceForm(request.POST or None, held=held)
    if form.is_valid() and _choose(request, form):
        messages.success(request, _("Rollen er valgt."))
        return HttpResponseRedirect(_way_back(request))
    return render(request, "roles/choose_role.html", {"form": form}, status=400 if form.errors else 200)


@requires(Permission.LOGGED_IN)
@never_cache
def no_role(request: HttpRequest) -> HttpResponseBase:
    """The page for a logged-in employee without a role: it tells whom to ask."""
    if held_roles(request):
        return redirect("home")
    return render(request, "roles/no_role.html", {"problem": RoleProblem.NONE_HELD.value}, status=403)


def _goodbye_page(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Du er logget ut."))
    return redirect("home")


def _choose(request: HttpRequest, form: RoleChoiceForm) -> bool:
    chosen = UUID(form.cleaned_data["role"])
    return sessions.choose_role(request=request, employee=employee_of(request), role_id=chosen)


def _way_back(request: HttpRequest) -> str:
    return page_of_ours(request, request.POST.get("next", "")) or reverse("home")
