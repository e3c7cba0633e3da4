"""The switch for central user management: a page that shows what it would do, with the button that does it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.pages import page
from roles.admin.base.scoping import scope
from roles.admin.base.tables import Columns, Table
from roles.models import Employee, Organisation, RoleAssignment
from roles.organisations.centralusers import personal_assignments, turn_off, turn_on

#: The most accesses that the page names. The access report has all.
_MOST = 100
_COLUMNS: Columns[RoleAssignment] = {_("Rolle"): lambda row: row.role, _("Ansatt"): lambda row: row.employee}


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def central_users(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The page of the switch, for those who may appoint administrators in the organisation. POST turns it on or off."""
    organisation = get_object_or_404(Organisation.objects.filter(pk__in=scope(request).may_appoint), pk=key)
    if request.method == "POST":
        done = _switch(organisation, on=request.POST.get("turn") == "on", by=employee_of(request))
        messages.success(request, done)
        return redirect("admin:roles_organisation_central_users", organisation.pk)
    personal = personal_assignments(organisation, timezone.now()).select_related("role", "employee")
    first = list(personal.order_by("role__name", "employee__display_name")[:_MOST])
    shown = {"organisation": organisation, "table": Table(_COLUMNS, first), "count": personal.count()}
    return page(request, "central_users", shown, title=_("Sentralisert brukerstyring"), under=organisation)


def _switch(organisation: Organisation, *, on: bool, by: Employee) -> str:
    if not on:
        turn_off(organisation=organisation, by=by)
        return gettext("Slått av. Roller kan gis til ansatte igjen.")
    count = turn_on(organisation=organisation, by=by)
    said = ngettext(
        "Slått på. %(count)d personlig tilgang er avsluttet.",
        "Slått på. %(count)d personlige tilganger er avsluttet.",
        count,
    )
    return said % {"count": count}
