"""The pages of the elements that roles lost when the catalogue changed. Every administrator of the organisation reads
them; those who may change it mark them as read."""

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
    """Losses of roles. They are not changed, only marked as read."""

    list_display = ["role", "organisation", "lost_elements", "opening_bases", "happened_at", "read_at"]
    list_select_related = ["role", "organisation"]
    readonly_fields = ["role", "organisation", "lost_elements", "opening_bases", "happened_at", "read_by", "read_at"]
    fields = ["role", "organisation", "lost_elements", "opening_bases", "happened_at", "read_by", "read_at"]
    actions = ["mark_as_read"]

    @admin.display(description=_("opplysninger rollen har mistet"))
    def lost_elements(self, loss: RoleLoss) -> str:
        """The names of the lost elements."""
        return ", ".join(map(element_name, loss.elements))

    @admin.display(description=_("lovhjemler som åpnet dem"))
    def opening_bases(self, loss: RoleLoss) -> str:
        """The bases that opened them, as they were cited."""
        return "; ".join(loss.bases)

    def history_of(self, request: HttpRequest, obj: RoleLoss) -> Subject:
        """The entries in the log about the role."""
        del request
        return Subject(obj.organisation_id, str(obj.role_id))

    def has_read_permission(self, request: HttpRequest) -> bool:
        """Whether one may change any organisation."""
        return bool(scope(request).may_change)

    @admin.action(description=_("Merk som lest"), permissions=["read"])
    def mark_as_read(self, request: HttpRequest, chosen: QuerySet[RoleLoss]) -> None:
        """Marks the chosen losses as read. The service refuses those of organisations that one may not change."""
        for loss in chosen.filter(organisation__in=scope(request).may_change).order_by("pk"):
            read_loss(loss=loss, by=employee_of(request))
