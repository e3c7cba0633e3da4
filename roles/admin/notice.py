"""The pages of the operator's messages, for central administrators only."""

from typing import Any, ClassVar, Final

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.generics import ModelForm
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.granting.rules import check_period
from roles.history.changes import Subject
from roles.models import Notice
from roles.notices import change_notice, put_up_notice
from roles.violations import PolicyViolation

_FIELDS: Final = ("text_nb", "text_nn", "text_en", "valid_from", "valid_to")


class NoticeForm(ModelForm[Notice]):
    """A message, and when it is shown."""

    class Meta:
        model = Notice
        fields = _FIELDS
        help_texts: ClassVar = {"valid_to": _("Uten dato står meldingen til noen setter en.")}

    def clean(self) -> dict[str, Any]:
        """Checks the period as the service will. Raises ValidationError."""
        data = super().clean() or {}
        if not self.errors:
            try:
                check_period(data["valid_from"], data["valid_to"])
            except PolicyViolation as violation:
                raise forms.ValidationError(str(violation)) from None
        return data

    def _post_clean(self) -> None:
        """Leaves the row as it is: the service changes it."""


class NoticeAdmin(ScopedAdmin[Notice]):
    """Messages are put up, changed and taken down by central administrators, and shown to everybody."""

    form = NoticeForm
    list_display = ["text_nb", "valid_from", "valid_to"]
    fields = _FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """All messages for central administrators, since they are the installation's; none for others."""
        notices = super(ScopedAdmin, self).get_queryset(request)
        return notices if scope(request).central else notices.none()

    def history_of(self, request: HttpRequest, obj: Notice) -> Subject:
        """The entries about the message in the installation's own log."""
        del request
        return Subject(None, str(obj.pk), ("role:notice:",))

    def has_view_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """Whether one is a central administrator."""
        del obj
        return scope(request).central

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether one is a central administrator."""
        return scope(request).central

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        """Whether one is a central administrator."""
        del obj
        return scope(request).central

    def save_model(self, request: HttpRequest, obj: Notice, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        by = employee_of(request)
        if change:
            change_notice(notice=obj, by=by, **form.cleaned_data)
            return
        obj.pk = put_up_notice(by=by, **form.cleaned_data).pk
        obj._state.adding = False
