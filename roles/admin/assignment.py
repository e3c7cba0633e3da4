"""The pages of assignments: who holds which role. An assignment is given with from and to, and withdrawn, never
deleted."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.acting import Act, act_with_reason
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.base.serviceforms import ReasonField
from roles.admin.choosing.ownedchoices import OwnedChoiceField
from roles.admin.choosing.picker import EmployeeField, PickingForm
from roles.granting.assignments import give_role, withdraw_role
from roles.models import Group, Holder, Integration, Role, RoleAssignment

_NAMED_AS: Final[Mapping[type[Holder], str | Promise]] = {
    Group: _("%(name)s (gruppe)"),
    Integration: _("%(name)s (integrasjon)"),
}


class AssignmentForm(PickingForm[RoleAssignment]):
    """The form that gives a role to an employee, a group or an integration, from and to."""

    employee = EmployeeField(label=_("Ansatt"), required=False)
    reason = ReasonField()

    class Meta:
        model = RoleAssignment
        fields = ["role", "employee", "group", "integration", "valid_from", "valid_to"]


class RoleAssignmentAdmin(ScopedAdmin[RoleAssignment]):
    """An assignment is made and ended here, and not edited: the log would then not match what was given."""

    organisation_path = "role__organisation"
    changeable = True
    form = AssignmentForm
    list_display = ["role", "holder_name", "valid_from", "valid_to", "is_live", "given_by"]
    list_filter: ClassVar = [("role", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["role__organisation", "employee", "group", "integration", "given_by"]
    search_fields = ["role__name", "employee__display_name", "group__name", "integration__name"]
    actions = ["withdraw"]

    def has_change_permission(self, request: HttpRequest, obj: RoleAssignment | None = None) -> bool:
        """Always False for the form: only the action withdraw() changes a row."""
        return obj is None and super().has_change_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: RoleAssignment | None = None) -> Any:
        """The fields of the form. An existing assignment shows who gave it, and no reason: only the log keeps that."""
        del request
        given = ["role", "employee", "group", "integration", "valid_from", "valid_to"]
        return [*given, "reason"] if obj is None else [*given, "given_by", "given_at"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field has only live roles, groups and integrations of organisations one may change."""
        querysets: dict[str, QuerySet[Any]] = {
            "role": Role.objects.filter(is_active=True),
            "group": Group.objects.all(),
            "integration": Integration.objects.filter(is_active=True),
        }
        if db_field.name in querysets:
            mine = scope(request).may_change
            choices = querysets[db_field.name].filter(organisation__in=mine).select_related("organisation")
            kwargs |= {"form_class": OwnedChoiceField, "queryset": choices, "several": len(mine) > 1}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: RoleAssignment, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        del change
        made = give_role(by=employee_of(request), **form.cleaned_data)
        obj.pk, obj._state.adding = made.pk, False

    @admin.action(description=_("Trekk tilbake"), permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[RoleAssignment]) -> HttpResponse | None:
        """Asks for a reason and ends the chosen assignments now."""
        return act_with_reason(
            self,
            request,
            chosen,
            Act(
                action="withdraw",
                title=_("Trekk tilbake tilganger"),
                explained=_(
                    "Tilgangen er borte ved neste trykk. Den som har den samme rollen gjennom en gruppe, beholder den."
                ),
                button=_("Trekk tilbake"),
                do=lambda row, reason: withdraw_role(assignment=row, by=employee_of(request), reason=reason),
            ),
        )

    @admin.display(description=_("Gitt til"))
    def holder_name(self, assignment: RoleAssignment) -> str:
        """The holder's name; for a group or an integration also the word for what it is."""
        return _NAMED_AS.get(type(assignment.holder), "%(name)s") % {"name": assignment.holder}

    @admin.display(description=_("gjelder nå"), boolean=True)
    def is_live(self, assignment: RoleAssignment) -> bool:
        """Whether the assignment gives its holder anything at this moment."""
        return assignment.is_valid_at(timezone.now()) and assignment.role.is_live(timezone.now())
