"""Ta i bruk, in the administration: the steps of an organisation, and whether its set-up works."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin
from roles.models import Organisation
from roles.onboarding.forms import StepForm, TakenBackForm
from roles.onboarding.presenters import StepRow, step_rows
from roles.onboarding.selftest import try_roles, try_set_up
from roles.onboarding.takingsteps import may_take_steps, take_step, take_step_back
from roles.violations import PolicyViolation


class OnboardingPages(ScopedAdmin[Organisation]):
    """Two pages of an organisation beside Django's own."""

    def get_urls(self) -> list[URLPattern]:
        """Found by the organisation's id, like its own page."""
        guarded, methods = self.admin_site.admin_view, require_http_methods(["GET", "POST"])
        return [
            path("<uuid:key>/ta-i-bruk/", guarded(methods(self.onboarding)), name="roles_organisation_onboarding"),
            path("<uuid:key>/kontroller/", guarded(methods(self.set_up)), name="roles_organisation_setup"),
            *super().get_urls(),
        ]

    def onboarding(self, request: HttpRequest, key: UUID) -> HttpResponseBase:
        """The steps, who takes each, and what is missing; one is taken or taken back at a time."""
        organisation = self._seen(request, key)
        rows = step_rows(organisation)
        if request.method == "POST" and self._is_done(request, organisation, rows):
            return redirect("admin:roles_organisation_onboarding", organisation.pk)
        context = {"rows": rows, "may_take": may_take_steps(organisation, employee_of(request))}
        return self._page(request, organisation, "onboarding", context | {"title": _("Ta i bruk")})

    def set_up(self, request: HttpRequest, key: UUID) -> HttpResponseBase:
        """Nothing is tried before somebody asks for it: others are waited for."""
        organisation = self._seen(request, key)
        tried: dict[str, Any] = {}
        if request.method == "POST":
            tried = {"results": try_set_up(organisation), "roles": try_roles(organisation)}
        return self._page(request, organisation, "setup", tried | {"title": _("Kontroller oppsettet")})

    def _seen(self, request: HttpRequest, key: UUID) -> Organisation:
        """Somebody else's answers as one that never was."""
        organisation = self.get_queryset(request).filter(pk=key).first()
        if organisation is None:
            raise Http404
        return organisation

    def _is_done(self, request: HttpRequest, organisation: Organisation, rows: list[StepRow]) -> bool:
        if not may_take_steps(organisation, employee_of(request)):
            raise PermissionDenied
        row = next((row for row in rows if row.step == request.POST.get("step")), None)
        act = self._taken_back if "back" in request.POST else self._taken
        try:
            return row is not None and act(request, organisation, row)
        except PolicyViolation as violation:
            self.message_user(request, str(violation), messages.ERROR)
            return True

    def _taken(self, request: HttpRequest, organisation: Organisation, row: StepRow) -> bool:
        row.form = StepForm(request.POST, step=row.step)
        if not row.form.is_valid():
            return False
        take_step(organisation=organisation, step=row.step, by=employee_of(request), **row.form.cleaned_data)
        self.message_user(request, _("Steget er ført inn."), messages.SUCCESS)
        return True

    def _taken_back(self, request: HttpRequest, organisation: Organisation, row: StepRow) -> bool:
        row.back = TakenBackForm(request.POST, step=row.step)
        if not row.back.is_valid():
            return False
        take_step_back(organisation=organisation, step=row.step, by=employee_of(request), **row.back.cleaned_data)
        self.message_user(
            request, _("Steget gjelder ikke lenger. Ingen i virksomheten kan slå opp nå."), messages.SUCCESS
        )
        return True

    def _page(self, request: HttpRequest, organisation: Organisation, name: str, more: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "organisation": organisation, **more}
        return render(request, f"admin/roles/organisation/{name}.html", context)
