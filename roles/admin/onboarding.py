"""Ta i bruk, in the administration: the onboarding steps of an organisation, and a test of its set-up."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.pages import page
from roles.admin.base.scoping import find_organisation
from roles.admin.steps import StepForm, StepRow, TakenBackForm, step_rows
from roles.models import Organisation
from roles.onboarding.selftest import try_roles, try_set_up
from roles.onboarding.takingsteps import may_take_steps, take_step, take_step_back


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def onboarding(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The page of the steps: who takes each, and what is missing. POST takes one step, or takes one back.

    Raises PermissionDenied for a POST by somebody who may not take steps.
    """
    organisation, by = find_organisation(request, key), employee_of(request)
    rows = step_rows(organisation, by=by)
    sent = _parse_step(request, rows) if request.method == "POST" else None
    may = may_take_steps(organisation, by)
    if request.method == "POST" and not may:
        raise PermissionDenied
    if sent and _is_done(request, organisation, sent):
        return redirect("admin:roles_organisation_onboarding", organisation.pk)
    shown = {"organisation": organisation, "rows": rows, "may_take": may, "form": sent.form if sent else None}
    return page(request, "onboarding", shown, title=_("Ta i bruk"), under=organisation)


def _parse_step(request: HttpRequest, rows: list[StepRow]) -> StepRow | None:
    """The step that was sent, with its form filled in; None when no step was."""
    row = next((row for row in rows if row.step == request.POST.get("step")), None)
    if row:
        form = TakenBackForm if "back" in request.POST else StepForm
        row.form = form(request.POST, by=employee_of(request), step=row.step)
    return row


def _is_done(request: HttpRequest, organisation: Organisation, row: StepRow) -> bool:
    back = isinstance(row.form, TakenBackForm)
    service = take_step_back if back else take_step
    if not row.form.send_to(partial(service, organisation=organisation, step=row.step)):
        return False
    closed = _("Steget gjelder ikke lenger. Ingen i virksomheten kan slå opp nå.")
    messages.success(request, closed if back else _("Steget er ført inn."))
    return True


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The page of the self-test. Only POST runs it, since it waits for outside parties."""
    organisation = find_organisation(request, key)
    tried: dict[str, Any] = {"organisation": organisation}
    if request.method == "POST":
        tried |= {"results": try_set_up(organisation), "roles": try_roles(organisation)}
    return page(request, "setup", tried, title=_("Kontroller oppsettet"), under=organisation)
