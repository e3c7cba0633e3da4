"""Organisations: the tenants. Nothing about persons is ever shared between two of them."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from roles.models.validity import Validity

KOMMUNENUMMER = RegexValidator(r"^\d{4}$", _("Et kommunenummer har fire siffer."))
ORGANISATION_NUMBER = RegexValidator(r"^\d{9}$", _("Et organisasjonsnummer har ni siffer."))


class OrganisationKind(models.TextChoices):
    KOMMUNE = "KOMMUNE", _("Kommune")
    FYLKESKOMMUNE = "FYLKESKOMMUNE", _("Fylkeskommune")
    IKS = "IKS", _("Interkommunalt selskap")
    STAT = "STAT", _("Statlig organ")


class Organisation(Validity):
    """A public body with access of its own.

    kommuner: the four-digit numbers of the kommuner whose residents it may put on lists.
    role_contact: whom an employee asks for a role, as shown on the page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("navn"), max_length=200)
    organisation_number = models.CharField(
        _("organisasjonsnummer"), max_length=9, unique=True, validators=[ORGANISATION_NUMBER]
    )
    kind = models.CharField(_("slag"), max_length=20, choices=OrganisationKind)
    kommuner = ArrayField(models.CharField(max_length=4, validators=[KOMMUNENUMMER]), default=list, blank=True)
    role_contact = models.CharField(_("kontakt for roller"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("virksomhet")
        verbose_name_plural = _("virksomheter")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime) -> bool:
        return self.is_valid_at(now)
