"""The pages of service areas, and of organisations' requests for new ones."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.admin.base.serviceforms import ServiceModelForm
from roles.catalogue.areas import create_area
from roles.catalogue.requests import answer_request, ask_for_area
from roles.history.changes import Subject
from roles.models import RequestState, ServiceArea, ServiceAreaRequest


class AreaForm(ServiceModelForm[ServiceArea]):
    """A new service area. Its code never changes."""

    class Meta:
        model = ServiceArea
        fields = ["code", "name_nb", "name_nn", "name_en", "may_hold_confidential"]


class ServiceAreaAdmin(ScopedAdmin[ServiceArea]):
    """Service areas, which are the same for every organisation. A central administrator adds one that is missing."""

    form = AreaForm
    list_display = ["as_code", "name", "may_hold_confidential"]
    search_fields = ["code", "name_nb", "name_nn", "name_en"]
    fields = ["code", "name_nb", "name_nn", "name_en", "may_hold_confidential"]

    @admin.display(description=_("kode"), ordering="code")
    def as_code(self, area: ServiceArea) -> SafeString:
        """The code, marked up as a code that has no language."""
        return format_html("<code>{}</code>", area.code)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ServiceArea]:
        """All areas, for every administrator."""
        return super(ScopedAdmin, self).get_queryset(request)

    def history_of(self, request: HttpRequest, obj: ServiceArea) -> Subject:
        """The entries in the log about this area, for every administrator."""
        del request
        return Subject(None, obj.code, ("role:area:", "role:catalogue:"))

    def has_view_permission(self, request: HttpRequest, obj: ServiceArea | None = None) -> bool:
        """Whether one administers anything."""
        del obj
        return scope(request).anything

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whether one is a central administrator."""
        return scope(request).central

    def save_model(self, request: HttpRequest, obj: ServiceArea, form: Any, change: bool) -> None:
        """Sends the form to the service, which writes and logs."""
        del change
        create_area(by=employee_of(request), **form.cleaned_data)
        obj._state.adding = False


_WISH = ["organisation", "name", "statute", "reason"]
_ANSWER = ["state", "service_area", "answer"]


class WishForm(ServiceModelForm[ServiceAreaRequest]):
    """A request: what is missing, which statute it rests on, and why."""

    class Meta:
        model = ServiceAreaRequest
        fields = _WISH


class AnswerForm(ServiceModelForm[ServiceAreaRequest]):
    """The answer to a request: granted with an area, or refused with a reason."""

    class Meta:
        model = ServiceAreaRequest
        fields = _ANSWER

    def _post_clean(self) -> None:
        """Leaves the row as it is: its state decides who may answer it."""


class ServiceAreaRequestAdmin(ScopedAdmin[ServiceAreaRequest]):
    """Requests. Those who may change the organisation's roles ask, central administrators answer, and both see them."""

    changeable = True
    list_display = ["name", "organisation", "state", "asked_at", "answered_at"]
    list_filter = ["state"]
    list_select_related = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ServiceAreaRequest]:
        """The requests of the organisations one administers; for the central administrator all."""
        every = super(ScopedAdmin, self).get_queryset(request)
        return every if scope(request).central else every.filter(organisation__in=scope(request).may_look)

    def history_of(self, request: HttpRequest, obj: ServiceAreaRequest) -> Subject:
        """The entries about the request. Of the organisation's log, the central administrator sees no others."""
        del request
        return Subject(obj.organisation_id, str(obj.pk), ("role:area:",))

    def has_view_permission(self, request: HttpRequest, obj: ServiceAreaRequest | None = None) -> bool:
        """Every administrator sees the list; get_queryset() decides which rows."""
        return scope(request).central or super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: ServiceAreaRequest | None = None) -> bool:
        """Whether one may answer the request: it has no answer, and one is a central administrator."""
        return scope(request).central and (obj is None or obj.state == RequestState.ASKED)

    def get_fields(self, request: HttpRequest, obj: ServiceAreaRequest | None = None) -> Any:
        """The fields of the form. A new request has no fields for the answer."""
        del request
        about = ["asked_by", "asked_at", *_ANSWER, "answered_by", "answered_at"]
        return _WISH if obj is None else [*_WISH, *about]

    def get_readonly_fields(self, request: HttpRequest, obj: ServiceAreaRequest | None = None) -> list[str]:
        """The fields that cannot be filled in. The one who answers does not change the question."""
        del request
        return [] if obj is None else [*_WISH, "asked_by", "asked_at", "answered_by", "answered_at"]

    def get_form(
        self, request: HttpRequest, obj: ServiceAreaRequest | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The class of the form: the request's or the answer's."""
        if obj is None or self.has_change_permission(request, obj):
            kwargs["form"] = WishForm if obj is None else AnswerForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: ServiceAreaRequest, form: Any, change: bool) -> None:
        """Sends the request or the answer to the services, which write and log."""
        by = employee_of(request)
        if change:
            answer_request(request=obj, by=by, **form.cleaned_data)
            self.message_user(request, _("Svaret er gitt. Virksomheten ser det på siden sin."), messages.SUCCESS)
        else:
            made = ask_for_area(by=by, **form.cleaned_data)
            obj.pk, obj._state.adding = made.pk, False
