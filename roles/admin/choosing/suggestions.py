"""The employees who fit the text that an administrator is typing in a form: the list that the form itself would
show."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from roles.access.permissions import Permission, requires
from roles.admin.base.keys import key_in
from roles.admin.base.scoping import choosable_employees, scope
from roles.admin.choosing.memberpicker import MembersPicker
from roles.admin.choosing.picker import EmployeePicker, Picker
from roles.models import Employee


@requires(Permission.ADMINISTER)
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """The piece of the page that changes, drawn by the field's own widget. For those who may give somebody something.

    The text is POSTed, so that no name stands in an address.
    """
    if not scope(request).may_change:
        raise PermissionDenied
    name, kind = request.POST.get("picker", ""), request.POST.get("kind", "")
    picker: Picker = MembersPicker() if kind == MembersPicker.kind else EmployeePicker()
    picker.among = _within(choosable_employees(request), request.POST.get("within", ""))
    picker.is_required = bool(request.POST.get("needed"))
    value = picker.value_from_datadict(request.POST, request.FILES, name)
    about = {"name": name, "key": f"id_{name}", "value": value, "shown": f"admin/roles/picker/_{picker.kind}.html"}
    return render(request, "admin/roles/picker/suggestions.html", about | picker.hits(value))


def _within(mine: QuerySet[Employee], organisation: str) -> QuerySet[Employee]:
    """The employees of this organisation; all when none is named, and nobody when it is not one's own."""
    return mine.filter(organisation__in=filter(None, [key_in(organisation)])) if organisation else mine
