"""The administration's pages of an organisation's own workbooks. Importing this registers them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin import site
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from citizenlists.models import OwnWorkbook
from citizenlists.ownworkbooks.keeping import Unusable, add_workbook, change_workbook, read_workbook
from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin
from roles.admin.base.serviceforms import ReasonField, ServiceModelForm
from roles.catalogue.uploads import Busy
from roles.purposes import refuse_numbers


class OwnWorkbookForm(ServiceModelForm[OwnWorkbook]):
    """A workbook to upload, or the name of one that is there."""

    file = forms.FileField(
        label=_("Arbeidsbok (.xlsx)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_(
            "Skriv navnet på hver kolonne i klammer på én rad, som {Etternavn} og {Postnummer}. Listen kommer fra den"
            " raden og nedover, med utseendet til cellene der. Makroer, formler, diagrammer, pivottabeller og lenker"
            " følger ikke med."
        ),
    )
    reason = ReasonField()

    class Meta:
        model = OwnWorkbook
        fields = ["organisation", "name", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields.pop("file", None)
        if "name" in self.fields:
            self.fields["name"].validators.append(refuse_numbers)

    def clean_file(self) -> Any:
        """What was read of the file. Each fault is said with its cell."""
        try:
            return read_workbook(self.cleaned_data["file"])
        except Unusable as unusable:
            raise forms.ValidationError(list(unusable.said)) from None
        except Busy:
            raise forms.ValidationError(_("En annen fil leses akkurat nå. Prøv igjen om litt.")) from None


class OwnWorkbookAdmin(ScopedAdmin[OwnWorkbook]):
    """Workbooks that an organisation uploaded for its own lists."""

    changeable = True
    form = OwnWorkbookForm
    list_display = ["name", "organisation", "is_active"]
    list_filter: ClassVar = ["is_active"]
    list_select_related = ["organisation"]
    search_fields = ["name"]

    def get_fieldsets(self, request: HttpRequest, obj: OwnWorkbook | None = None) -> Any:
        """The fields: of an upload, or of a workbook that is there."""
        fields = ["organisation", "name", *(["is_active", "columns_named", "uploaded_at"] if obj else ["file"])]
        may_write = obj is None or self.has_change_permission(request, obj)
        return [(None, {"fields": [*fields, "reason"] if may_write else fields})]

    def get_readonly_fields(self, request: HttpRequest, obj: OwnWorkbook | None = None) -> list[str]:
        """The fields that cannot be filled in: everything of the content of an existing workbook."""
        del request
        return [] if obj is None else ["organisation", "columns_named", "uploaded_at"]

    def save_model(self, request: HttpRequest, obj: OwnWorkbook, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        by, valid = employee_of(request), dict(form.cleaned_data)
        if change:
            valid.pop("file", None)
            change_workbook(workbook=obj, by=by, **valid)
        else:
            valid.pop("is_active", None)
            made = add_workbook(by=by, answer=valid.pop("file"), **valid)
            obj.pk, obj._state.adding = made.pk, False

    @admin.display(description=_("Kolonner"))
    def columns_named(self, workbook: OwnWorkbook) -> str:
        """The columns from left to right."""
        return ", ".join(workbook.headers)


site.register(OwnWorkbook, OwnWorkbookAdmin)
