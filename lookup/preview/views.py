"""The pages of the preview. Each checks the permission, finds the row, validates the form and renders. Nothing is
stored."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lookup.preview import tryout
from lookup.preview.forms import DraftForm, ElementForm, as_saved
from lookup.preview.names import EXAMPLE_NAMES
from lookup.preview.presenters import preview
from roles.access.permissions import Permission, employee_of, requires
from roles.models import Use

P = ParamSpec("P")


def if_theirs(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A view that answers NotTheirs with Http404."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except tryout.NotTheirs:
            raise Http404 from None

    return answered


@requires(Permission.ADMINISTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@if_theirs
def role(request: HttpRequest, role_id: UUID) -> HttpResponse:
    """An example as the role shows it: the role as saved, or as the form that was sent has it."""
    tried = tryout.role_of(employee_of(request), role_id)
    form = DraftForm(request.POST if request.method == "POST" else as_saved(tried))
    if not form.is_valid():
        raise BadRequest
    content, now = form.cleaned_data, timezone.now()
    context = {
        "role": tried,
        "draft": content,
        "examples": EXAMPLE_NAMES.items(),
        "example_name": EXAMPLE_NAMES[content["example"]],
        "for_lookup": Use.SEARCH in content["uses"],
        "preview": preview(tryout.try_out(tried, content, now), timezone.localdate(now)),
    }
    return render(request, "lookup/preview/role.html", context)


@requires(Permission.ADMINISTER)
@never_cache
@require_safe
@if_theirs
def employee(request: HttpRequest, employee_id: UUID) -> HttpResponse:
    """Why an employee sees an element or not."""
    by = employee_of(request)
    asked_about = tryout.employee_of(by, employee_id)
    form = ElementForm(request.GET or None)
    context: dict[str, object] = {"employee": asked_about, "form": form}
    if form.is_valid():
        key = form.cleaned_data["opplysning"]
        answers = tryout.why(asked_about, key, by=by, now=timezone.now())
        context |= {"element": key, "answers": answers, "seen": any(answer.seen for answer in answers)}
    return render(request, "lookup/preview/employee.html", context)
