"""Who fits what somebody is writing in a form: the same list that the form would come back with."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from roles.access.permissions import Permission, requires
from roles.admin.base.keys import key_in
from roles.admin.base.scoping import choosable, scope
from roles.admin.choosing.memberpicker import MembersPicker
from roles.admin.choosing.picker import EmployeePicker, Picker
from roles.models import Employee


@requires(Permission.ADMINISTER)
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """A piece of a page, for who may give somebody something. Sent, so that no name stands in an address.

    It is drawn by the field's own widget, from the form as it stands.
    """
    if not scope(request).may_change:
        raise PermissionDenied
    name, kind = request.POST.get("picker", ""), request.POST.get("kind", "")
    picker: Picker = MembersPicker() if kind == MembersPicker.kind else EmployeePicker()
    picker.among = _within(choosable(request), request.POST.get("within", ""))
    picker.is_required = bool(request.POST.get("needed"))
    value = picker.value_from_datadict(request.POST, request.FILES, name)
    about = {"name": name, "key": f"id_{name}", "value": value, "shown": f"admin/roles/picker/_{picker.kind}.html"}
    return render(request, "admin/roles/picker/suggestions.html", about | picker.hits(value))


def _within(mine: QuerySet[Employee], organisation: str) -> QuerySet[Employee]:
    """Those of one organisation, if one is named; one that is not mine has nobody."""
    return mine.filter(organisation__in=filter(None, [key_in(organisation)])) if organisation else mine
