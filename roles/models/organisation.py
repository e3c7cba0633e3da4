"""Organisations: the tenants. Two organisations never share data about persons."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from roles.models.validity import Validity

KOMMUNENUMMER = RegexValidator(r"^\d{4}$", _("Et kommunenummer har fire siffer."))
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def check_organisation_number(number: str) -> None:
    """Raises ValidationError unless the number has nine digits, the last one a check digit (mod 11, by the rule of the
    Brønnøysund registers)."""
    if not (len(number) == 9 and number.isascii() and number.isdigit()):
        raise ValidationError(_("Et organisasjonsnummer har ni siffer."))
    weighed = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    if -weighed % 11 != int(number[8]):
        raise ValidationError(_("Organisasjonsnummeret er ikke gyldig. Se etter om to siffer er byttet om."))


class OrganisationKind(models.TextChoices):
    KOMMUNE = "KOMMUNE", _("Kommune")
    FYLKESKOMMUNE = "FYLKESKOMMUNE", _("Fylkeskommune")
    IKS = "IKS", _("Interkommunalt selskap")
    STAT = "STAT", _("Statlig organ")


def _most(what: StrPromise) -> "models.PositiveIntegerField[int | None, int | None]":
    """The field for a limit for each employee (roles/limits/__init__.py)."""
    return models.PositiveIntegerField(
        what,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Det meste for hver ansatt. Står det ikke noe her, gjelder det som er satt for installasjonen."),
    )


class Organisation(Validity):
    """A public body with its own access to the register.

    kommuner: four-digit numbers of the kommuner whose residents it may put on lists. role_contact: whom an employee
    asks for a role, as shown on the page. language: the language of its employees' pages until they choose another.
    lookups_per_minute and the four after it: limits for each employee; None means the installation's.
    lists_kept_days: how long a finished citizen list exists, 1 to 30.
    opens_single_hit: whether the only hit of a search by a whole name and a date is opened at once. groups_only:
    central user management is on: only groups and integrations can hold roles.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("navn"), max_length=200)
    organisation_number = models.CharField(
        _("organisasjonsnummer"), max_length=9, unique=True, validators=[check_organisation_number]
    )
    kind = models.CharField(_("slag"), max_length=20, choices=OrganisationKind)
    kommuner = ArrayField(
        models.CharField(max_length=4, validators=[KOMMUNENUMMER]),
        default=list,
        blank=True,
        verbose_name=_("kommuner den kan lage lister over"),
    )
    role_contact = models.CharField(
        _("kontakt for roller"),
        max_length=200,
        blank=True,
        help_text=_("Vises for ansatte som mangler en rolle: hvem de skal spørre, og hvordan."),
    )
    lookups_per_minute = _most(_("søk i minuttet"))
    lookups_per_day = _most(_("søk i døgnet"))
    misses_in_a_row = _most(_("søk på rad uten treff"))
    misses_per_day = _most(_("søk i døgnet uten treff"))
    open_orders = _most(_("lister som ikke er ferdige"))
    lists_kept_days = models.PositiveSmallIntegerField(
        _("døgn en ferdig liste finnes"),
        default=7,
        db_default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_("Fra 1 til 30. Deretter slettes filen. Gjelder lister som blir ferdige etter endringen."),
    )
    opens_single_hit = models.BooleanField(
        _("åpner det eneste treffet med en gang"),
        default=False,
        help_text=_("Gjelder når noen søker med hele navnet og fødselsdatoen, og bare én passer."),
    )
    groups_only = models.BooleanField(_("sentralisert brukerstyring"), default=False, editable=False)
    language = models.CharField(_("språk"), max_length=2, choices=settings.LANGUAGES, default="nb")

    class Meta:
        verbose_name = _("virksomhet")
        verbose_name_plural = _("virksomheter")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime) -> bool:
        return self.is_valid_at(now)


class ContactPoint(models.Model):
    """A contact for questions about an organisation's use of the register. Each organisation has at least one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contact_points")
    name = models.CharField(_("navn eller funksjon"), max_length=200)
    email = models.EmailField(_("e-post"))
    phone = models.CharField(_("telefon"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("kontaktpunkt")
        verbose_name_plural = _("kontaktpunkter")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
