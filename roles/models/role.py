"""Roles and their assignments."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.catalogue import LegalBasis, ServiceArea
from roles.models.employee import Employee, Group
from roles.models.integration import Integration
from roles.models.organisation import Organisation
from roles.models.validity import Validity

Holder = Employee | Group | Integration


class Use(models.TextChoices):
    SEARCH = "SEARCH", _("Oppslag")
    CITIZEN_LIST = "CITIZEN_LIST", _("Innbyggerlister")
    EVENTS = "EVENTS", _("Hendelser")


class RoleQuerySet(models.QuerySet["Role"]):
    def not_deleted(self) -> "RoleQuerySet":
        """The roles that are not deleted, which can be changed, given and switched on."""
        return self.filter(deleted_at=None)


class Role(Validity):
    """What its holders may see: in one service area, on named legal bases, the chosen elements.

    A new role has no elements. The service area never changes after creation, because the legal bases and the log rest
    on it. A deleted role keeps its row, so that its holders stay known, and cannot be restored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="roles", verbose_name=_("virksomhet")
    )
    name = models.CharField(_("navn"), max_length=200)
    description = models.TextField(_("beskrivelse"), blank=True)
    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, related_name="roles", verbose_name=_("tjenesteområde")
    )
    legal_bases = models.ManyToManyField(LegalBasis, related_name="roles", blank=True, verbose_name=_("lovhjemler"))
    uses = ArrayField(models.CharField(max_length=20, choices=Use), default=list, blank=True, verbose_name=_("bruk"))
    elements = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("opplysninger"))
    case_reference_required = models.BooleanField(_("krever formål eller saksnummer"), default=False)
    confidential_addresses = models.BooleanField(_("kan åpne fortrolige adresser"), default=False)
    is_active = models.BooleanField(_("aktiv"), default=True)
    deleted_at = models.DateTimeField(null=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=models.Q(deleted_at=None),
                name="role_name_in_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(is_active=False), name="role_deleted_is_not_active"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime) -> bool:
        """Whether the role and its organisation are valid at `now` and the role is switched on."""
        return self.is_active and self.is_valid_at(now) and self.organisation.is_live(now)


class RoleAssignment(Validity):
    """A role given to an employee, a group or an integration.

    It is withdrawn by ending its validity; the row stays, so that past holders stay known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("rolle"))
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("ansatt")
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("gruppe")
    )
    integration = models.ForeignKey(
        Integration,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("integrasjon"),
    )
    given_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="given_roles", verbose_name=_("gitt av")
    )
    given_at = models.DateTimeField(_("gitt"), default=timezone.now)

    class Meta:
        verbose_name = _("tilgang")
        verbose_name_plural = _("tilganger")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(employee__isnull=False, group=None, integration=None)
                | models.Q(employee=None, group__isnull=False, integration=None)
                | models.Q(employee=None, group=None, integration__isnull=False),
                name="assignment_to_one_holder",
            ),
        ]
        indexes = [
            models.Index(fields=["employee", "valid_to"]),
            models.Index(fields=["group", "valid_to"]),
            models.Index(fields=["integration", "valid_to"]),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.holder}"

    @property
    def holder_id(self) -> uuid.UUID | None:
        """The id of the employee, group or integration that has the role."""
        return self.employee_id or self.group_id or self.integration_id

    @property
    def holder(self) -> "Holder":
        """The employee, group or integration that has the role."""
        holder = self.employee or self.group or self.integration
        if holder is None:
            raise TypeError("an assignment without a holder")
        return holder
