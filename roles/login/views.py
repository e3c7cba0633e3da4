"""The login views: to the identity provider, and back from it."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from mozilla_django_oidc.utils import generate_code_challenge

from roles.access.administration import administers
from roles.access.choice import held_roles
from roles.access.permissions import Permission, employee_of, requires
from roles.access.requestdata import request_data
from roles.login import attempts, sessions
from roles.login.attempts import LoginAttempt
from roles.login.backends import LoginRefused, Refusal
from roles.login.represented import as_parameter
from roles.models import Employee
from roles.people import opensessions
from roles.wayback import page_of_ours


@requires(Permission.PUBLIC)
@never_cache
@require_safe
def login(request: HttpRequest) -> HttpResponseBase:
    """Begins a login: sends the browser to the identity provider."""
    target = page_of_ours(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(target or "home")
    attempt = attempts.begin(target)
    response = redirect(f"{settings.OIDC_OP_AUTHORIZATION_ENDPOINT}?{urlencode(_question(request, attempt))}")
    attempts.keep(request, response, attempt)
    return response


@requires(Permission.PUBLIC)
@never_cache
@require_safe
def login_callback(request: HttpRequest) -> HttpResponseBase:
    """Ends a login: opens a session, or shows a page that says why not. A logged-in employee is sent home instead."""
    attempt = attempts.attempt_of(request)
    if attempt is None:
        return _to_their_page(request) or refused(request, LoginRefused(Refusal.STATE))
    response = _log_in(request, attempt)
    attempts.forget(response, attempt)
    return response


def refused(request: HttpRequest, error: LoginRefused) -> HttpResponse:
    """Logs the refused login and answers with a page (403) that says no more than the person can use."""
    sessions.refuse_session(request=request, refused=error)
    context = {"refusal": error.refusal.value, "reference": request_data(request).request_id}
    return render(request, "roles/login_refused.html", context, status=403)


def _question(request: HttpRequest, attempt: LoginAttempt) -> dict[str, str]:
    """The parameters of the request to the provider, among them the levels that verify_token() will require."""
    asked = {
        "response_type": "code",
        "scope": settings.OIDC_RP_SCOPES,
        "client_id": settings.OIDC_RP_CLIENT_ID,
        "redirect_uri": request.build_absolute_uri(reverse("login-callback")),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": generate_code_challenge(attempt.code_verifier, settings.OIDC_PKCE_CODE_CHALLENGE_METHOD),
        "code_challenge_method": settings.OIDC_PKCE_CODE_CHALLENGE_METHOD,
        "acr_values": " ".join(settings.OIDC_REQUIRED_ACR),
        "max_age": str(settings.OIDC_MAX_AUTHENTICATION_AGE_SECONDS or ""),
        "authorization_details": as_parameter(settings.OIDC_AUTHORIZATION_DETAILS),
    }
    return {name: value for name, value in asked.items() if value}


def _log_in(request: HttpRequest, attempt: LoginAttempt) -> HttpResponseBase:
    if "code" not in request.GET:
        return _to_their_page(request) or refused(request, LoginRefused(Refusal.CANCELLED))
    try:
        employee = auth.authenticate(request, nonce=attempt.nonce, code_verifier=attempt.code_verifier)
    except LoginRefused as error:
        return refused(request, error)
    if not isinstance(employee, Employee):
        return refused(request, LoginRefused(Refusal.INVALID))
    return _let_in(request, employee, attempt.target)


def _let_in(request: HttpRequest, employee: Employee, target: str) -> HttpResponseBase:
    """Opens a session and redirects to the target. An employee who is logged in already keeps the session, so that a
    login in a second tab does not disturb the first."""
    if request.user != employee:
        sessions.open_session(request=request, employee=employee)
    else:
        opensessions.remember(request, employee)
    return redirect((target or resolve_url("home")) if _has_somewhere_to_go(request) else "no-role")


def _to_their_page(request: HttpRequest) -> HttpResponseBase | None:
    """A redirect home when the visitor is logged in, else None.

    For answers that were used before or belong to no login of this browser: the Back button, a second tab, a link.
    """
    return redirect("home") if request.user.is_authenticated else None


def _has_somewhere_to_go(request: HttpRequest) -> bool:
    return bool(held_roles(request)) or administers(employee_of(request)).anything
