"""The catalogue: service areas, and the legal bases that open information elements in them."""

import uuid
from datetime import date
from typing import Protocol

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from roles.models.employee import Employee


class NamedArea(Protocol):
    """The names of a service area in the languages of the pages."""

    @property
    def name_nb(self) -> str: ...
    @property
    def name_nn(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def name_of_area(area: NamedArea) -> str:
    """The area's name in the language of the page."""
    names = {"nn": area.name_nn, "en": area.name_en}
    return names.get((get_language() or "nb")[:2], area.name_nb)


def short_title(statute: str, section: str) -> str:
    """As people say them: without the statute's number and other brackets, and with its name once.

    A section that names its statute by an abbreviation ("hol. § 3-2") begins at its first "§".
    """
    name, place = (text.partition(" (")[0] for text in (statute, section))
    return f"{name} {place[max(place.find('§'), 0) :]}"


def cited(statute: str, section: str, *, is_proposal: bool) -> str:
    """The short title, marked where nobody has confirmed it."""
    title = short_title(statute, section)
    return f"{title} ({gettext('forslag')})" if is_proposal else title


class ServiceArea(models.Model):
    """One of KS's service areas. The code is the key and never changes."""

    code = models.CharField(_("kode"), primary_key=True, max_length=40)
    name_nb = models.CharField(_("navn på bokmål"), max_length=200)
    name_nn = models.CharField(_("navn på nynorsk"), max_length=200)
    name_en = models.CharField(_("navn på engelsk"), max_length=200)
    may_hold_confidential = models.BooleanField(_("kan ha taushetsbelagte opplysninger"), default=False)

    class Meta:
        verbose_name = _("tjenesteområde")
        verbose_name_plural = _("tjenesteområder")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The area's name in the language of the page."""
        return name_of_area(self)


class BasisStatus(models.TextChoices):
    PROPOSAL = "PROPOSAL", _("Forslag")
    CONFIRMED = "CONFIRMED", _("Bekreftet")


class BasisKind(models.TextChoices):
    """What the cited section does, as somebody read it. Only OPENS_CONFIDENTIAL opens confidential elements."""

    OPENS_CONFIDENTIAL = "OPENS_CONFIDENTIAL", _("Åpner taushetsbelagte opplysninger")
    TASK = "TASK", _("Gir en oppgave, men åpner ikke registeret")
    NOT_FOUND = "NOT_FOUND", _("Ingen paragraf funnet, eller ikke vurdert")


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    def in_area(self, area: ServiceArea) -> "LegalBasisQuerySet":
        own = models.Q(areas=area)
        usable = own | models.Q(for_every_area=True)
        if not area.may_hold_confidential:
            usable &= models.Q(confidential=False)
        return self.filter(usable).distinct()

    def with_area_codes(self) -> "LegalBasisQuerySet":
        """The bases with the codes of their areas read in the same query, so that covers() needs no further query."""
        codes = ArrayAgg("areas__code", filter=models.Q(areas__isnull=False), default=models.Value([]))
        return self.annotate(area_codes=codes)


class LegalBasis(models.Model):
    """A section of a statute, and the information elements it opens in its service areas.

    In force from the day `valid_from` until the day before `valid_to`. kind: what the section itself does. text_read:
    whether somebody has read it in the act. says: a short summary of it. version: the version of the act that was read,
    with its date.
    """

    key = models.SlugField(primary_key=True, max_length=80)
    statute = models.CharField(_("lov"), max_length=300)
    section = models.CharField(_("paragraf"), max_length=300)
    url = models.URLField(_("lenke"), blank=True)
    note = models.CharField(_("merknad"), max_length=300, blank=True)
    confidential = models.BooleanField(_("gir taushetsbelagte opplysninger"), default=False)
    valid_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)
    kind = models.CharField(_("hjemmelstype"), max_length=20, choices=BasisKind, default=BasisKind.NOT_FOUND)
    text_read = models.BooleanField(_("lest i loven"), default=False)
    says = models.CharField(_("hva paragrafen sier"), max_length=600, blank=True)
    version = models.CharField(_("lest utgave"), max_length=400, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=BasisStatus, default=BasisStatus.PROPOSAL)
    areas = models.ManyToManyField(
        ServiceArea, verbose_name=_("tjenesteområder"), related_name="legal_bases", blank=True
    )
    for_every_area = models.BooleanField(_("gjelder alle tjenesteområder"), default=False)
    elements = ArrayField(models.CharField(max_length=80), default=list)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("lovhjemmel")
        verbose_name_plural = _("lovhjemler")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.statute} {self.section}"

    @property
    def short_title(self) -> str:
        """Statute and section, without the statute's number and other brackets."""
        return short_title(self.statute, self.section)

    @property
    def cited(self) -> str:
        """The short title, with a mark when the basis is not confirmed. Every page that names the basis uses this."""
        return cited(self.statute, self.section, is_proposal=self.is_proposal)

    @property
    def section_opens_confidential(self) -> bool:
        """Whether the section itself opens confidential elements. `confidential` must be set too."""
        return self.kind == BasisKind.OPENS_CONFIDENTIAL

    @property
    def is_proposal(self) -> bool:
        """Whether the basis is a proposal that is not confirmed."""
        return self.status != BasisStatus.CONFIRMED

    def is_in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def covers(self, area_code: str) -> bool:
        """Whether the basis applies in this service area."""
        if self.for_every_area:
            return True
        read_along = self.__dict__.get("area_codes")
        return area_code in (read_along if read_along is not None else [area.code for area in self.areas.all()])


class CatalogueImport(models.Model):
    """A catalogue from an uploaded workbook that had no faults. It is a proposal until somebody confirms it.

    content: the bases as the workbook has them. against: a digest of the catalogue that it was compared with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="uploaded_catalogues")
    uploaded_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()
    against = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
