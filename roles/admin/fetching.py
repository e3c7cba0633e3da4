"""A newcomer is fetched into one's own organisation by the code they have told, without a list of other employees."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from roles.access.permissions import Permission, employee_of, requires
from roles.admin.base.pages import page
from roles.admin.base.scoping import scope
from roles.admin.base.serviceforms import ServiceForm
from roles.models import Employee, Organisation
from roles.people.employees import fetch_employee


class FetchForm(ServiceForm):
    """The code that the newcomer has told, their name here, and the organisation."""

    code = forms.CharField(label=_("Kode"), help_text=_("Åtte tegn. Den nye ser koden på siden sin etter innlogging."))
    display_name = forms.CharField(label=_("Navn"), max_length=200)
    organisation = forms.ModelChoiceField(label=_("Virksomhet"), queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, data: Any, *, by: Employee, among: QuerySet[Organisation]) -> None:
        super().__init__(data, by=by)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = among


@requires(Permission.ADMINISTER)
@require_http_methods(["GET", "POST"])
def fetch(request: HttpRequest) -> HttpResponseBase:
    """The form. When the newcomer is found, redirects to their page. Raises PermissionDenied for those who may not
    appoint."""
    mine = Organisation.objects.filter(pk__in=scope(request).may_appoint)
    if not mine:
        raise PermissionDenied
    form = FetchForm(request.POST or None, by=employee_of(request), among=mine)
    if form.send_to(_fetch_employee):
        messages.success(request, _("%(name)s er hentet inn.") % {"name": form.made})
        return redirect("admin:roles_employee_change", form.made.pk)
    return page(request, "fetch", {"form": form}, title=_("Hent en ny ansatt"), under=Employee)


def _fetch_employee(*, display_name: str, **given: Any) -> Employee:
    return fetch_employee(name=display_name, **given)
