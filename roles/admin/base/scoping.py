"""Every page of the administration shows and changes rows of the administrator's own organisations, and no others."""

from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from roles.access.administration import Administers, administers
from roles.access.permissions import employee_of
from roles.access.requestdata import request_data
from roles.admin.base.blanks import with_words
from roles.admin.base.declared import DeclaredAdmin
from roles.admin.base.pages import page
from roles.admin.base.serviceforms import current_refusal, showing_refusal
from roles.admin.moments import MOMENT, MomentField
from roles.history.changes import Subject, changes_in, lines
from roles.models import AccessReview, Employee, Integration, Organisation, Role
from roles.violations import PolicyViolation

M = TypeVar("M", bound=Model)

#: The number of changes on one page of a history.
_ON_A_PAGE = 50


def scope(request: HttpRequest) -> Administers:
    """What the employee who sends this request administers, read once per request."""
    known = request_data(request)
    if known.administers is None:
        known.administers = administers(employee_of(request))
    return known.administers


def choosable_employees(request: HttpRequest) -> QuerySet[Employee]:
    """The active employees of the organisations one may change."""
    return Employee.objects.filter(organisation__in=scope(request).may_change, is_active=True)


def find_row(request: HttpRequest, rows: QuerySet[M], key: object) -> M:
    """The row with this key, in an organisation one administers. Raises Http404, the same for another organisation's
    row and for a key that does not exist."""
    return get_object_or_404(rows.filter(organisation__in=scope(request).may_look), pk=key)


def find_organisation(request: HttpRequest, key: object) -> Organisation:
    """The organisation with this key: one's own, or any for the central administrator. Raises Http404."""
    every, rights = Organisation.objects.all(), scope(request)
    return get_object_or_404(every if rights.central else every.filter(pk__in=rights.may_look), pk=key)


def may_change(request: HttpRequest, row: Role | Integration | AccessReview) -> bool:
    """Whether this administrator may change rows of the row's organisation."""
    return row.organisation_id in scope(request).may_change


def check_may_change(request: HttpRequest, row: Role | Integration | AccessReview) -> None:
    """Raises PermissionDenied for an administrator who may only look at the row's organisation."""
    if not may_change(request, row):
        raise PermissionDenied


class ScopedAdmin(DeclaredAdmin[M]):
    """A page for rows of organisations: one looks at those of the organisations one administers, changes those one may
    change, and deletes none.

    organisation_path: the lookup from the model to its organisation. changeable: whether pages here can write at all.
    """

    organisation_path: ClassVar[str] = "organisation"
    changeable: ClassVar[bool] = False
    formfield_overrides = {models.DateTimeField: {"form_class": MomentField, "widget": MOMENT}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        """The rows of the organisations one administers. Actions start from it too."""
        return super().get_queryset(request).filter(**{f"{self.organisation_path}__in": scope(request).may_look})

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the list stands on the front page."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Whether one may look at the list (obj is None) or the row."""
        return bool(scope(request).may_look) if obj is None else self._organisation_id(obj) in scope(request).may_look

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether one may add a row: the page can write, and one may change some organisation."""
        return self.changeable and bool(scope(request).may_change)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Whether one may change rows at all (obj is None) or this row."""
        may_change = scope(request).may_change
        return self.changeable and (bool(may_change) if obj is None else self._organisation_id(obj) in may_change)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Always False. What was held must stay known, so a row is ended instead."""
        del request, obj
        return False

    def get_form(self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The class of the form, made for this request alone: it has whom one may choose, and what the service
        refused."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("FormOfThisRequest", (form,), {"among": choosable_employees(request), "refused": current_refusal()})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form's page. When the service refuses, the form is shown again as it was filled in, with the reason."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except PolicyViolation as violation:
            with showing_refusal(violation):
                return super().changeform_view(request, *args, **kwargs)

    def organisations(self, request: HttpRequest) -> QuerySet[Organisation]:
        """The organisations that can be chosen in the form."""
        return Organisation.objects.filter(pk__in=scope(request).may_change)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field for an organisation has only organisations() to choose from."""
        if db_field.related_model is Organisation:
            kwargs["queryset"] = self.organisations(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field, without Django's links to make or change the chosen row: each has a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return with_words(field)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Always [], since log_addition() saves nothing."""
        del request, form, formsets, add
        return []

    def log_addition(self, request: HttpRequest, obj: Model, message: object) -> LogEntry:
        """An entry that is not saved. The services write to the one log, in the transaction of the change."""
        del request, obj, message
        return LogEntry()

    def log_change(self, request: HttpRequest, obj: Model, message: object) -> LogEntry:
        """An entry that is not saved, as in log_addition()."""
        return self.log_addition(request, obj, message)

    def history_of(self, request: HttpRequest, obj: M) -> Subject:
        """Where the log holds the changes of this row, and which of them this administrator may see."""
        del request
        return Subject(self._organisation_id(obj), str(obj.pk))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page with the changes of the row, read from the log."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            # Django's view answers a missing row and a forbidden one.
            return super().history_view(request, object_id, extra_context)
        subject = self.history_of(request, obj)
        changes = Paginator(changes_in(subject), _ON_A_PAGE).get_page(request.GET.get("side"))
        told = {"page": changes, "lines": lines(changes.object_list, subject)}
        return page(request, "history", told, title=_("Historikk"), under=obj)

    def _organisation_id(self, obj: M) -> UUID | None:
        value: object = obj
        for name in self.organisation_path.split("__"):
            value = getattr(value, name)
        return cast("UUID | None", getattr(value, "pk", None))
