"""The pages of employees: who has logged in, their names here, and their organisations."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.acting import Act, act_with_reason
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.base.serviceforms import ServiceModelForm
from roles.admin.giving import give_to_chosen
from roles.admin.grouping import put_chosen_into_group
from roles.audit.entries import CHANGES
from roles.history.changes import Subject
from roles.models import Employee, Organisation
from roles.people.employees import (
    activate_employee,
    deactivate_employee,
    place_employee,
    rename_employee,
)


class EmployeeForm(ServiceModelForm[Employee]):
    """The employee's name and organisation."""

    class Meta:
        model = Employee
        fields = ["display_name", "organisation"]
        help_texts = {
            "display_name": _("Gir innloggingstjenesten et navn, gjelder det igjen fra neste innlogging."),
        }


class EmployeeAdmin(ScopedAdmin[Employee]):
    """Employees who have logged in or were registered. The identity provider's id of them is not shown."""

    changeable = True
    form = EmployeeForm
    list_display = ["display_name", "organisation", "is_active", "last_login"]
    list_filter = ["is_active"]
    list_select_related = ["organisation"]
    search_fields = ["display_name"]
    fields = ["display_name", "organisation", "as_code", "is_active", "last_login", "insight_link"]
    actions = ["give_role", "put_into_group", "deactivate", "activate"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employee]:
        """The employees of the organisations one administers; for the central administrator all, since they appoint
        anybody."""
        every = super(ScopedAdmin, self).get_queryset(request)
        return every if scope(request).central else every.filter(organisation__in=scope(request).may_look)

    def history_of(self, request: HttpRequest, obj: Employee) -> Subject:
        """The entries in the log about this employee. Those about roles belong to the employee's organisation, and only
        its administrators see them."""
        whole = obj.organisation_id in scope(request).may_look
        return Subject(obj.organisation_id, str(obj.pk), (CHANGES,) if whole else ("role:employee:",))

    def has_view_permission(self, request: HttpRequest, obj: Employee | None = None) -> bool:
        """Every administrator sees the list; get_queryset() decides which rows."""
        return scope(request).central or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Always False: an employee row is made at login."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Employee | None = None) -> bool:
        """Whether one may rename the employee, or place one who has no organisation. Everything else is an action."""
        if obj is None:
            return scope(request).central or super().has_change_permission(request)
        if obj.organisation_id is None:
            return scope(request).central and not obj.is_break_glass and obj != request.user
        return obj.organisation_id in scope(request).may_appoint and obj != request.user

    def get_readonly_fields(self, request: HttpRequest, obj: Employee | None = None) -> list[str]:
        """The fields that cannot be filled in. The organisation is among them once it is set."""
        del request
        placed = ["organisation"] if obj and obj.organisation_id else []
        return [*placed, "as_code", "is_active", "last_login", "insight_link"]

    def organisations(self, request: HttpRequest) -> QuerySet[Organisation]:
        """All organisations: only the central administrator places employees."""
        del request
        return Organisation.objects.all()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with a link to fetch a newcomer for those who may."""
        may = bool(scope(request).may_appoint)
        return super().changelist_view(request, {**(extra_context or {}), "may_fetch": may})

    @admin.display(description=_("kode"))
    def as_code(self, employee: Employee) -> str:
        """The code, by which two with the same name are told apart."""
        return employee.code

    @admin.display(description=_("Innsyn"))
    def insight_link(self, employee: Employee) -> SafeString | str:
        """A link to the page that says why this employee sees an element or not. An employee without an organisation
        has no roles, and gets "–"."""
        if employee.organisation_id is None:
            return "–"
        url = reverse("preview:employee", args=[employee.pk])
        return format_html('<a href="{}">{}</a>', url, _("Hva ser den ansatte, og hvorfor?"))

    def save_model(self, request: HttpRequest, obj: Employee, form: Any, change: bool) -> None:
        """Sends the changed fields to the services, which write and log."""
        del change
        content, by = form.cleaned_data, employee_of(request)
        if "display_name" in form.changed_data:
            rename_employee(employee=obj, name=content["display_name"], by=by)
        if organisation := content.get("organisation"):
            place_employee(employee=obj, organisation=organisation, by=by)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The form's page, with a link to appoint this employee. It avoids a search field, which would need a
        script."""
        may = scope(request).central or bool(scope(request).may_appoint)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_appoint": may})

    @admin.action(description=_("Gi en rolle"), permissions=["change"])
    def give_role(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """Gives one role to all of the chosen."""
        return give_to_chosen(self, request, chosen)

    @admin.action(description=_("Legg i en gruppe"), permissions=["change"])
    def put_into_group(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """Puts all of the chosen into one group."""
        return put_chosen_into_group(self, request, chosen)

    @admin.action(description=_("Sperr"), permissions=["change"])
    def deactivate(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """Logs the chosen employees out and locks them out."""
        act: Act[Employee] = Act(
            action="deactivate",
            title=_("Sperr ansatte"),
            explained=_("De blir logget ut med en gang og slipper ikke inn igjen. Det de hadde, står i loggen."),
            button=_("Sperr"),
            do=lambda row, reason: deactivate_employee(employee=row, by=employee_of(request), reason=reason),
        )
        return act_with_reason(self, request, chosen, act)

    @admin.action(description=_("Åpne igjen"), permissions=["change"])
    def activate(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """Lets the chosen employees log in again."""
        act: Act[Employee] = Act(
            action="activate",
            title=_("Åpne igjen for ansatte"),
            explained=_("De slipper inn igjen, med de rollene de fortsatt har."),
            button=_("Åpne igjen"),
            do=lambda row, reason: activate_employee(employee=row, by=employee_of(request), reason=reason),
        )
        return act_with_reason(self, request, chosen, act)
