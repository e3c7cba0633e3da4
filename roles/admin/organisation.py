"""The pages of organisations: central administrators change them, and each organisation changes its contact points."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.generics import StackedInline
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.base.serviceforms import ServiceModelForm
from roles.admin.choosing.kommunechoices import KommuneChoices, by_fylke
from roles.history.changes import Subject
from roles.models import ContactPoint, Organisation
from roles.organisations.organisations import (
    LIMITS,
    OWN,
    Contact,
    change_organisation,
    create_organisation,
)
from roles.vocabulary.places import with_its_number


class OwnPartForm(ServiceModelForm[Organisation]):
    """The part that an organisation's own administrator may change."""

    class Meta:
        model = Organisation
        fields = [
            *("name", "organisation_number", "kind", "kommuner", "role_contact", "language"),
            *("lists_kept_days", "opens_single_hit", "valid_from", "valid_to"),
            *LIMITS,
        ]


class OrganisationForm(OwnPartForm):
    """All fields. kommuner: chosen by name, stored by number."""

    kommuner = forms.MultipleChoiceField(
        label=_("Kommuner den kan lage lister over"), required=False, widget=KommuneChoices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kommuner" in self.fields:
            cast(forms.MultipleChoiceField, self.fields["kommuner"]).choices = by_fylke(self.instance.kommuner)


class ContactPoints(StackedInline[ContactPoint, Organisation]):
    """The contact points of an organisation, at least one. Those who may change the organisation's own part may change
    them."""

    model = ContactPoint
    fields = ["name", "email", "phone"]
    extra = 1
    min_num = 1

    def has_view_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Whether one sees the organisation."""
        del request, obj
        return True

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Whether one is a central administrator, or may change the organisation."""
        return scope(request).central or (obj is not None and obj.pk in scope(request).may_appoint)

    def has_add_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """The same as has_change_permission()."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """The same as has_change_permission()."""
        return self.has_change_permission(request, obj)


class OrganisationAdmin(ScopedAdmin[Organisation]):
    """Organisations. Central administrators make and change them; an organisation's own administrators change its
    contact points."""

    inlines = [ContactPoints]
    list_display = ["name", "organisation_number", "kind", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["name", "organisation_number"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        """The organisations one administers; for the central administrator all."""
        every = super(ScopedAdmin, self).get_queryset(request)
        return every if scope(request).central else every.filter(pk__in=scope(request).may_look)

    def history_of(self, request: HttpRequest, obj: Organisation) -> Subject:
        """The entries about the organisation itself. Every entry of its chain names it, so those about its roles and
        people are left out."""
        del request
        return Subject(obj.pk, str(obj.pk), ("role:organisation:", "role:central-users:", "role:onboarding:"))

    def has_view_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Every administrator sees the list; get_queryset() decides which rows."""
        mine = scope(request).may_look
        return scope(request).central or (bool(mine) if obj is None else obj.pk in mine)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether one is a central administrator."""
        return scope(request).central

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Whether one is a central administrator, or may change the organisation's own part."""
        own = scope(request).may_appoint
        return scope(request).central or (bool(own) if obj is None else obj.pk in own)

    def get_form(self, request: HttpRequest, obj: Organisation | None = None, change: bool = False, **kw: Any) -> Any:
        """The class of the form: all fields, or the organisation's own part."""
        if obj is None or self.has_change_permission(request, obj):
            kw["form"] = OrganisationForm if scope(request).central else OwnPartForm
        return super().get_form(request, obj, change, **kw)

    def get_fields(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        """The fields of the form. An administrator who may not choose kommuner sees their names."""
        del obj
        named = {} if scope(request).central else {"kommuner": "kommuner_by_name"}
        return [named.get(name, name) for name in OrganisationForm.Meta.fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> list[str]:
        """The fields that the organisation's own administrator may not change."""
        return [] if scope(request).central else [name for name in self.get_fields(request, obj) if name not in OWN]

    @admin.display(description=_("Kommuner den kan lage lister over"))
    def kommuner_by_name(self, organisation: Organisation) -> str:
        """The name and number of each kommune, as in the choice."""
        return ", ".join(map(with_its_number, organisation.kommuner)) or "–"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The form's page, with a link to the switch for central user management for those who may turn it."""
        may = object_id in {str(key) for key in scope(request).may_appoint}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_switch": may})

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Does nothing: save_related() sends the organisation and its contact points to the service together."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        by = employee_of(request)
        # A declared field of the form is in cleaned_data also when the page shows it read-only.
        closed = self.get_readonly_fields(request)
        written = {name: value for name, value in form.cleaned_data.items() if name not in closed}
        content: Any = written | {"contacts": _contacts(formsets[0])}
        if change:
            change_organisation(organisation=form.instance, by=by, **content)
        else:
            form.instance.pk = create_organisation(by=by, **content).pk


def _contacts(formset: Any) -> list[Contact]:
    kept = (form.cleaned_data for form in formset.forms if form not in formset.deleted_forms)
    return [Contact(name=row["name"], email=row["email"], phone=row["phone"]) for row in kept if row]
