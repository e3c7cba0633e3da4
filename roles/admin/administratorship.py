"""The pages of administratorships: who administers what."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.acting import Act, act_with_reason
from roles.admin.base.blanks import CHOOSE
from roles.admin.base.keys import key_in
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.base.serviceforms import ReasonField, ServiceModelForm
from roles.history.changes import Subject
from roles.models import AdministratorKind, Administratorship, Employee, Organisation
from roles.people.administrators import (
    BY_CENTRAL,
    BY_ORGANISATION,
    give_administratorship,
    withdraw_administratorship,
)


class AppointmentForm(ServiceModelForm[Administratorship]):
    """The form that appoints an administrator: whom, for which organisation, and the kind."""

    reason = ReasonField()

    class Meta:
        model = Administratorship
        fields = ["employee", "kind", "organisation"]


class AdministratorshipAdmin(ScopedAdmin[Administratorship]):
    """Administratorships are given and withdrawn here, never edited."""

    form = AppointmentForm
    list_display = ["employee", "kind", "organisation"]
    list_filter = ["kind"]
    list_select_related = ["employee", "organisation"]
    search_fields = ["employee__display_name", "organisation__name"]
    actions = ["withdraw"]

    def get_fields(self, request: HttpRequest, obj: Administratorship | None = None) -> Any:
        """The fields of the form. An existing administratorship has no reason: only the log keeps it."""
        del request
        return ["employee", "kind", "organisation", *(["reason"] if obj is None else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Administratorship]:
        """The administratorships of the organisations one administers; for the central administrator those of the kinds
        they may give."""
        mine = Q(organisation__in=scope(request).may_look)
        given = Q(kind__in=BY_CENTRAL) if scope(request).central else Q(pk__in=[])
        return super(ScopedAdmin, self).get_queryset(request).filter(mine | given)

    def history_of(self, request: HttpRequest, obj: Administratorship) -> Subject:
        """The entries in the log about this administratorship."""
        del request
        return Subject(obj.organisation_id, str(obj.employee_id), ("role:administratorship:",))

    def has_view_permission(self, request: HttpRequest, obj: Administratorship | None = None) -> bool:
        """Every administrator sees the list; get_queryset() decides which rows."""
        given = scope(request).central and (obj is None or obj.kind in BY_CENTRAL)
        return given or super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether this administrator may appoint anybody."""
        return scope(request).central or bool(scope(request).may_appoint)

    def has_change_permission(self, request: HttpRequest, obj: Administratorship | None = None) -> bool:
        """Always False for the form: only the action withdraw() changes a row."""
        return obj is None and self.has_add_permission(request)

    def organisations(self, request: HttpRequest) -> QuerySet[Organisation]:
        """The organisations that one may appoint administrators for."""
        every, rights = Organisation.objects.all(), scope(request)
        return every if rights.central else every.filter(pk__in=rights.may_appoint)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field for the employee has one choice: the employee that the page was opened for."""
        if db_field.name == "employee":
            kwargs["queryset"] = _employee_in_question(request)
            kwargs["help_text"] = _("Finn den ansatte blant de ansatte, og velg «Gi et administratoransvar» der.")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field for the kind has the kinds that one may give."""
        kinds = BY_CENTRAL if scope(request).central else BY_ORGANISATION
        kwargs["choices"] = [
            ("", CHOOSE),
            *((kind.value, kind.label) for kind in AdministratorKind if kind in kinds),
        ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Administratorship, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        del change
        content = form.cleaned_data
        kind = AdministratorKind(content["kind"])
        made = give_administratorship(
            employee=content["employee"],
            kind=kind,
            organisation=content["organisation"],
            by=employee_of(request),
            reason=content["reason"],
        )
        obj.pk, obj._state.adding = made.pk, False

    @admin.action(description=_("Trekk tilbake"), permissions=["change"])
    def withdraw(self, request: HttpRequest, chosen: QuerySet[Administratorship]) -> HttpResponse | None:
        """Withdraws the chosen administratorships. It has effect from the employee's next request."""
        by = employee_of(request)
        act: Act[Administratorship] = Act(
            action="withdraw",
            title=_("Trekk tilbake administratoransvar"),
            explained=_("Ansvaret er borte ved neste trykk. Roller de har selv, beholder de."),
            button=_("Trekk tilbake"),
            do=lambda row, reason: withdraw_administratorship(administratorship=row, by=by, reason=reason),
        )
        return act_with_reason(self, request, chosen, act)


def _employee_in_question(request: HttpRequest) -> QuerySet[Employee]:
    """The employee that the page is about, if one may appoint them. The page does not list employees: there may be
    thousands."""
    rights = scope(request)
    mine = Employee.objects.filter(is_active=True)
    if not rights.central:
        mine = mine.filter(organisation__in=rights.may_appoint)
    key = key_in(request.POST.get("employee") or request.GET.get("employee", ""))
    return mine.filter(pk=key) if key else mine.none()
