"""What an organisation keeps for its lists: templates and workbooks of its own."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citizenlists.models.order import Layout, RowsPer, Sorting
from roles.models import Organisation


class TemplateYear(models.TextChoices):
    """The year that a template's ages are counted to the end of."""

    THIS = "this", _("Året listen bestilles")
    SCHOOL = "school", _("Året for neste skole- og barnehagestart")
    ELECTION = "election", _("Året for neste valg")


class OwnTemplate(models.Model):
    """A template of one organisation, kept by its administrators. content.listtemplates.ListTemplate says what the
    fields are.

    key: stands in orders and addresses, and never changes. areas: codes of service areas. narrowing: the fields given
    of content.listtemplates.RelativeNarrowing. A template that is not active is not offered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("virksomhet")
    )
    key = models.CharField(max_length=40, editable=False)
    name = models.CharField(_("navn"), max_length=100)
    description = models.CharField(_("beskrivelse"), max_length=300, blank=True)
    areas = ArrayField(models.CharField(max_length=80), verbose_name=_("tjenesteområder"))
    year = models.CharField(
        _("alderen gjelder ved utgangen av"), max_length=10, choices=TemplateYear, default=TemplateYear.THIS
    )
    youngest = models.PositiveSmallIntegerField(_("yngste alder"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("eldste alder"), null=True, blank=True)
    narrowing = models.JSONField(default=dict, db_default={})
    elements = ArrayField(models.CharField(max_length=80), verbose_name=_("opplysninger"))
    rows_per = models.CharField(
        _("en rad for hver"), max_length=14, choices=RowsPer, default=RowsPer.PERSON, db_default=RowsPer.PERSON
    )
    layout = models.CharField(_("oppsett"), max_length=10, choices=Layout, default=Layout.ALL)
    sorting = models.CharField(_("sorter etter"), max_length=12, choices=Sorting, blank=True)
    is_active = models.BooleanField(_("aktiv"), default=True)

    class Meta:
        verbose_name = _("mal for lister")
        verbose_name_plural = _("maler for lister")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="own_template_name"),
            models.UniqueConstraint(fields=["organisation", "key"], name="own_template_key"),
        ]

    def __str__(self) -> str:
        return self.name


class OwnWorkbook(models.Model):
    """A workbook that an organisation's lists may be written into.

    shell: the workbook with model rows (ownworkbooks.reading). sheet, about: the parts of the package with the rows and
    with the page about the list. first: the number of the first row. headers: the columns from left to right. A
    workbook that is not active is not offered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("virksomhet")
    )
    name = models.CharField(_("navn"), max_length=100)
    shell = models.BinaryField()
    sheet = models.CharField(max_length=60, editable=False)
    about = models.CharField(max_length=60, editable=False)
    first = models.PositiveIntegerField(editable=False)
    headers = ArrayField(models.CharField(max_length=80), verbose_name=_("kolonner"), editable=False)
    uploaded_at = models.DateTimeField(_("lastet opp"), db_default=Now(), editable=False)
    is_active = models.BooleanField(_("aktiv"), default=True)

    class Meta:
        verbose_name = _("arbeidsbok for lister")
        verbose_name_plural = _("arbeidsbøker for lister")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="own_workbook_name")]

    def __str__(self) -> str:
        return self.name
