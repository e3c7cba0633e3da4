"""Every administration page shows and changes rows of the administrator's own organisations, and no others."""

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
from roles.admin.base.serviceforms import drawn_again, refused_now
from roles.admin.moments import MOMENT, MomentField
from roles.history.changes import Subject, changes_in, lines
from roles.models import AccessReview, Employee, Integration, Organisation, Role
from roles.violations import PolicyViolation

M = TypeVar("M", bound=Model)

#: So many changes on a page of a history.
_ON_A_PAGE = 50


def scope(request: HttpRequest) -> Administers:
    """What who sends this request administers, read once for the page."""
    known = request_data(request)
    if known.administers is None:
        known.administers = administers(employee_of(request))
    return known.administers


def choosable(request: HttpRequest) -> QuerySet[Employee]:
    """Active employees of the organisations one may change."""
    return Employee.objects.filter(organisation__in=scope(request).may_change, is_active=True)


def seen(request: HttpRequest, rows: QuerySet[M], key: object) -> M:
    """One of the rows of organisations one administers. Raises Http404 for a foreign one as for one that never was."""
    return get_object_or_404(rows.filter(organisation__in=scope(request).may_look), pk=key)


def seen_organisation(request: HttpRequest, key: object) -> Organisation:
    """One's own; for the central administrator any. Raises Http404."""
    every, rights = Organisation.objects.all(), scope(request)
    return get_object_or_404(every if rights.central else every.filter(pk__in=rights.may_look), pk=key)


def may_change(request: HttpRequest, row: Role | Integration | AccessReview) -> bool:
    """Whether who sends this may change what is the row's organisation's."""
    return row.organisation_id in scope(request).may_change


def check_may_change(request: HttpRequest, row: Role | Integration | AccessReview) -> None:
    """Raises PermissionDenied for who may only look."""
    if not may_change(request, row):
        raise PermissionDenied


class ScopedAdmin(DeclaredAdmin[M]):
    """Looks at the rows of organisations one administers, changes those one may change, deletes none.

    organisation_path: the lookup from the model to its organisation. changeable: whether pages here can write at all.
    """

    organisation_path: ClassVar[str] = "organisation"
    changeable: ClassVar[bool] = False
    formfield_overrides = {models.DateTimeField: {"form_class": MomentField, "widget": MOMENT}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        """Rows of one's own organisations; actions start from it too."""
        return super().get_queryset(request).filter(**{f"{self.organisation_path}__in": scope(request).may_look})

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Django's."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Django's."""
        return bool(scope(request).may_look) if obj is None else self._organisation_id(obj) in scope(request).may_look

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Django's."""
        return self.changeable and bool(scope(request).may_change)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Django's."""
        may_change = scope(request).may_change
        return self.changeable and (bool(may_change) if obj is None else self._organisation_id(obj) in may_change)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Nothing is deleted: what was held must stay known. It is ended instead."""
        del request, obj
        return False

    def get_form(self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Django's, of a class for this request alone: whom one may choose, and what the service refused."""
        form = super().get_form(request, obj, change, **kwargs)
        return type("FormOfThisRequest", (form,), {"among": choosable(request), "refused": refused_now()})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Django's. What the service refuses is said in the form, as it was filled in."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except PolicyViolation as violation:
            with drawn_again(violation):
                return super().changeform_view(request, *args, **kwargs)

    def organisations(self, request: HttpRequest) -> QuerySet[Organisation]:
        """Those that can be chosen."""
        return Organisation.objects.filter(pk__in=scope(request).may_change)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only organisations of one's own can be chosen."""
        if db_field.related_model is Organisation:
            kwargs["queryset"] = self.organisations(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choices without links to make or change what is chosen: each is made on its own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return with_words(field)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """For the log that log_addition does not write."""
        del request, form, formsets, add
        return []

    def log_addition(self, request: HttpRequest, obj: Model, message: object) -> LogEntry:
        """Not saved: the services write to the one log there is, in the transaction of the change."""
        del request, obj, message
        return LogEntry()

    def log_change(self, request: HttpRequest, obj: Model, message: object) -> LogEntry:
        """As log_addition."""
        return self.log_addition(request, obj, message)

    def history_of(self, request: HttpRequest, obj: M) -> Subject:
        """Where the log tells what was changed in it, and what of that this administrator may see."""
        del request
        return Subject(self._organisation_id(obj), str(obj.pk))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was changed in it, out of the log."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_permission(request, obj):
            return super().history_view(request, object_id, extra_context)  # which refuses, as it does the unknown
        subject = self.history_of(request, obj)
        changes = Paginator(changes_in(subject), _ON_A_PAGE).get_page(request.GET.get("side"))
        told = {"page": changes, "lines": lines(changes.object_list, subject)}
        return page(request, "history", told, title=_("Historikk"), under=obj)

    def _organisation_id(self, obj: M) -> UUID | None:
        value: object = obj
        for name in self.organisation_path.split("__"):
            value = getattr(value, name)
        return cast("UUID | None", getattr(value, "pk", None))
