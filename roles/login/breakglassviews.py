"""The page of the break-glass account. It answers 404 to every request unless the account was opened on the server."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from roles.access.permissions import Permission, requires
from roles.login import breakglass
from roles.login.forms import BreakGlassForm


@requires(Permission.PUBLIC)
@csrf_exempt  # _page() checks the token: a missing page must answer 404, not ask for a token
@never_cache
def log_in(request: HttpRequest) -> HttpResponseBase:
    """The login form of the break-glass account. Raises Http404 unless the account is open."""
    if request.method not in {"GET", "HEAD", "POST"} or breakglass.open_now() is None:
        raise Http404
    return _page(request)


@csrf_protect
def _page(request: HttpRequest) -> HttpResponseBase:
    form = BreakGlassForm(request.POST or None)
    if form.is_valid() and breakglass.log_in(request=request, password=form.cleaned_data["password"]):
        return redirect("admin:index")
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: BreakGlassForm) -> HttpResponse:
    context = {"form": form, "is_wrong": form.is_bound and not form.errors}
    return render(request, "roles/break_glass.html", context, status=403 if form.is_bound else 200)
