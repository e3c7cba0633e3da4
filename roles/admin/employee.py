"""Employees: who has logged in, what they are called here, and where they belong."""

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
    """What they are called, and where they belong."""

    class Meta:
        model = Employee
        fields = ["display_name", "organisation"]
        help_texts = {
            "display_name": _("Gir innloggingstjenesten et navn, gjelder det igjen fra neste innlogging."),
        }


class EmployeeAdmin(ScopedAdmin[Employee]):
    """Who has logged in, or was registered. What the identity provider calls them is not shown."""

    changeable = True
    form = EmployeeForm
    list_display = ["display_name", "organisation", "is_active", "last_login"]
    list_filter = ["is_active"]
    list_select_related = ["organisation"]
    search_fields = ["display_name"]
    fields = ["display_name", "organisation", "as_code", "is_active", "last_login", "seen"]
    actions = ["give_role", "put_into_group", "deactivate", "activate"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employee]:
        """One's own organisations'; the central administrator appoints among all."""
        every = super(ScopedAdmin, self).get_queryset(request)
        return every if scope(request).central else every.filter(organisation__in=scope(request).may_look)

    def history_of(self, request: HttpRequest, obj: Employee) -> Subject:
        """Their roles are the organisation's to see, also when somebody else appoints them."""
        whole = obj.organisation_id in scope(request).may_look
        return Subject(obj.organisation_id, str(obj.pk), (CHANGES,) if whole else ("role:employee:",))

    def has_view_permission(self, request: HttpRequest, obj: Employee | None = None) -> bool:
        """See get_queryset."""
        return scope(request).central or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Employees come by logging in."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Employee | None = None) -> bool:
        """The form names, and places who has no organisation; everything else is an action."""
        if obj is None:
            return scope(request).central or super().has_change_permission(request)
        if obj.organisation_id is None:
            return scope(request).central and not obj.is_break_glass and obj != request.user
        return obj.organisation_id in scope(request).may_appoint and obj != request.user

    def get_readonly_fields(self, request: HttpRequest, obj: Employee | None = None) -> list[str]:
        """Whose they are is said once."""
        del request
        placed = ["organisation"] if obj and obj.organisation_id else []
        return [*placed, "as_code", "is_active", "last_login", "seen"]

    def organisations(self, request: HttpRequest) -> QuerySet[Organisation]:
        """All: only the central administrator places anybody in one."""
        del request
        return Organisation.objects.all()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's, with the way to fetch a newcomer for who may."""
        may = bool(scope(request).may_appoint)
        return super().changelist_view(request, {**(extra_context or {}), "may_fetch": may})

    @admin.display(description=_("kode"))
    def as_code(self, employee: Employee) -> str:
        """By which they are found where names are alike."""
        return employee.code

    @admin.display(description=_("Innsyn"))
    def seen(self, employee: Employee) -> SafeString | str:
        """The way to why this employee sees an element, or does not. Who has no organisation has no roles."""
        if employee.organisation_id is None:
            return "–"
        url = reverse("preview:employee", args=[employee.pk])
        return format_html('<a href="{}">{}</a>', url, _("Hva ser den ansatte, og hvorfor?"))

    def save_model(self, request: HttpRequest, obj: Employee, form: Any, change: bool) -> None:
        """The service writes and logs."""
        del change
        content, by = form.cleaned_data, employee_of(request)
        if "display_name" in form.changed_data:
            rename_employee(employee=obj, name=content["display_name"], by=by)
        if organisation := content.get("organisation"):
            place_employee(employee=obj, organisation=organisation, by=by)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django's, with the way to appoint this one: it needs no search, which needs a script."""
        may = scope(request).central or bool(scope(request).may_appoint)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_appoint": may})

    @admin.action(description=_("Gi en rolle"), permissions=["change"])
    def give_role(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """To all of them at once."""
        return give_to_chosen(self, request, chosen)

    @admin.action(description=_("Legg i en gruppe"), permissions=["change"])
    def put_into_group(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """All of them at once."""
        return put_chosen_into_group(self, request, chosen)

    @admin.action(description=_("Sperr"), permissions=["change"])
    def deactivate(self, request: HttpRequest, chosen: QuerySet[Employee]) -> HttpResponse | None:
        """Out at once, and let in no more."""
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
        """Let in again."""
        act: Act[Employee] = Act(
            action="activate",
            title=_("Åpne igjen for ansatte"),
            explained=_("De slipper inn igjen, med de rollene de fortsatt har."),
            button=_("Åpne igjen"),
            do=lambda row, reason: activate_employee(employee=row, by=employee_of(request), reason=reason),
        )
        return act_with_reason(self, request, chosen, act)
