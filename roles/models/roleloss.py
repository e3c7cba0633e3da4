"""The elements a role lost when the catalogue changed. The organisation's administrators see it until one has read
it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.employee import Employee
from roles.models.organisation import Organisation
from roles.models.role import Role


class RoleLoss(models.Model):
    """A role's loss. elements: keys of chosen elements that no basis opens any longer. bases: citations of the legal
    bases that opened them until then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="role_losses", verbose_name=_("virksomhet")
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="losses", verbose_name=_("rolle"))
    elements = ArrayField(models.CharField(max_length=80))
    bases = ArrayField(models.CharField(max_length=700))
    happened_at = models.DateTimeField(_("skjedde"), default=timezone.now)
    read_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("lest av")
    )
    read_at = models.DateTimeField(_("lest"), null=True)

    class Meta:
        verbose_name = _("rolle som har mistet noe")
        verbose_name_plural = _("roller som har mistet noe")
        ordering = ["-happened_at", "role__name", "id"]

    def __str__(self) -> str:
        return self.role.name
