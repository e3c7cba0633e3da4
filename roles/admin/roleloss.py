"""What roles lost because the catalogue changed: read by who administers the organisation, taken down by who may."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from roles.access.permissions import employee_of
from roles.admin.base.scoping import ScopedAdmin, scope
from roles.catalogue.losses import read_loss
from roles.history.changes import Subject
from roles.models import RoleLoss
from roles.vocabulary import element_name


class RoleLossAdmin(ScopedAdmin[RoleLoss]):
    """Nothing of it is changed; it is marked as read."""

    list_display = ["role", "organisation", "lost", "opened_by", "happened_at", "read_at"]
    list_select_related = ["role", "organisation"]
    readonly_fields = ["role", "organisation", "lost", "opened_by", "happened_at", "read_by", "read_at"]
    fields = ["role", "organisation", "lost", "opened_by", "happened_at", "read_by", "read_at"]
    actions = ["mark_as_read"]

    @admin.display(description=_("opplysninger rollen har mistet"))
    def lost(self, loss: RoleLoss) -> str:
        """In the words of the pages."""
        return ", ".join(map(element_name, loss.elements))

    @admin.display(description=_("lovhjemler som åpnet dem"))
    def opened_by(self, loss: RoleLoss) -> str:
        """As they were cited."""
        return "; ".join(loss.bases)

    def history_of(self, request: HttpRequest, obj: RoleLoss) -> Subject:
        """The role's."""
        del request
        return Subject(obj.organisation_id, str(obj.role_id))

    def has_read_permission(self, request: HttpRequest) -> bool:
        """Who may do something about it."""
        return bool(scope(request).may_change)

    @admin.action(description=_("Merk som lest"), permissions=["read"])
    def mark_as_read(self, request: HttpRequest, chosen: QuerySet[RoleLoss]) -> None:
        """Of the organisations one may change: the service refuses the others."""
        for loss in chosen.filter(organisation__in=scope(request).may_change).order_by("pk"):
            read_loss(loss=loss, by=employee_of(request))
