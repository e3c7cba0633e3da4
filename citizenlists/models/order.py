"""A citizen list: the order, its checkpoints and the doorbell that calls a worker to it.

The order's row is the truth. A worker's changes to it need the fencing number of the worker's claim. Times are the
database's alone, so different clocks on the machines do no harm.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from roles.models import Employee, Organisation, Role


class State(models.TextChoices):
    """The state of an order. The last four are final, and so is READY after expires_at."""

    ORDERED = "ordered", _("Bestilt")
    BUILDING = "building", _("Under arbeid")
    READY = "ready", _("Ferdig")
    FAILED = "failed", _("Feilet")
    CANCELLED = "cancelled", _("Avbrutt")
    EXPIRED = "expired", _("Utløpt")
    DELETED = "deleted", _("Slettet")


UNFINISHED = (State.ORDERED, State.BUILDING)


class Failure(models.TextChoices):
    """Why an order failed. The labels are the page's sentences."""

    RIGHT_WITHDRAWN = "right-withdrawn", _("Rollen du bestilte med, gjelder ikke lenger.")
    ROLE_CHANGED = "role-changed", _("Rollen er endret: den gir ikke lenger alle opplysningene du ba om.")
    REGISTER_REFUSED = (
        "register-refused",
        _("Folkeregisteret avviste bestillingen. Meld fra til den som drifter løsningen."),
    )
    REGISTER_AWAY = "register-away", _("Folkeregisteret svarte ikke i løpet av fristen. Bestill på nytt senere.")
    STORAGE_AWAY = "storage-away", _("Listen kunne ikke lagres. Meld fra til den som drifter løsningen.")
    TOO_MANY_LABELS = (
        "too-many-labels",
        _("Listen har flere etiketter enn én PDF kan ha. Velg Excel, eller bestill en mindre liste."),
    )
    TOO_MANY_HITS = "too-many-hits", _("Søket har for mange treff. Gjør søket smalere og bestill på nytt.")
    WORKBOOK_GONE = (
        "workbook-gone",
        _("Virksomhetens arbeidsbok er tatt ut av bruk. Bestill på nytt og velg et annet filformat."),
    )
    FILE_DAMAGED = "file-damaged", _("Filen er skadet eller borte hos oss, så listen kan ikke lastes ned.")
    TOO_MANY_ATTEMPTS = "too-many-attempts", _("Listen ble avbrutt for mange ganger. Bestill på nytt.")
    FAULT = "fault", _("Noe gikk galt hos oss. Meld fra til den som drifter løsningen.")


#: Failures for which a new attempt is useless: what was ordered cannot be made.
FINAL = (
    Failure.RIGHT_WITHDRAWN,
    Failure.ROLE_CHANGED,
    Failure.TOO_MANY_LABELS,
    Failure.TOO_MANY_HITS,
    Failure.WORKBOOK_GONE,
)


class Waiting(models.TextChoices):
    """What a released order waits for, where it is not its turn alone."""

    EXTRACTS = "extracts", _("Virksomheten har så mange uttrekk i gang som den kan ha. Listen lages når ett er ferdig.")


class Layout(models.TextChoices):
    """The columns of the file: one or more for each element, or those of a label and then the other elements."""

    ALL = "all", _("Alle valgte opplysninger")
    LETTER = "letter", _("Etikett og brev")


class FileFormat(models.TextChoices):
    """The kind of the file. Those of labels are sheets of A4, named by their labels: across x down, and the size."""

    EXCEL = "excel", _("Excel (.xlsx)")
    CSV = "csv", _("CSV, for andre systemer")
    VACCINE = "vaccine", _("VAKSINE (.xlsx)")
    LABELS_3X8 = "labels-3x8", _("Etiketter (PDF): 3 × 8 på arket, 70 × 37 mm")
    LABELS_3X7 = "labels-3x7", _("Etiketter (PDF): 3 × 7 på arket, 63,5 × 38,1 mm")
    LABELS_2X7 = "labels-2x7", _("Etiketter (PDF): 2 × 7 på arket, 99,1 × 38,1 mm")


class RowsPer(models.TextChoices):
    """What a row of the file is for. GUARDIANS: a letter about one person to each home of those with parental
    responsibility. GUARDIAN_HOMES: the same with brothers and sisters in one letter."""

    PERSON = "person", _("Person")
    HOUSEHOLD = "household", _("Husstand: ett brev til hvert hjem")
    GUARDIANS = "guardians", _("Barn: brev til foresatte, ett for hvert barn")
    GUARDIAN_HOMES = "guardian-homes", _("Foresatte: ett brev til hvert hjem, søsken sammen")


class Sorting(models.TextChoices):
    """What the rows are sorted by. Without any they stand as the register names the persons."""

    NAME = "name", _("Etternavn")
    ADDRESS = "address", _("Adresse")
    POSTAL_CODE = "postal-code", _("Postnummer")


class CitizenList(models.Model):
    """One order and its result.

    searched_by: the kinds of criteria of the search that the list is from; none for a list of a kommune. A list from a
    search has neither kommune nor birth years. sealed_search: the criteria themselves, until the list is gone.
    order_key: made from the form's id and content, so that a form sent twice gives one order; None for older orders.
    template_name: of an organisation's own template, as it was called then; "" for a central one. elements: keys of the
    vocabulary that give the columns. born_from, born_to: calendar years, both included. narrowing: the fields given of
    content.criteria.Narrowing. purpose: typed by the person who ordered. lease_until, attempt, fence: a worker's claim
    (leases.py); `attempt` counts the claims since the last checkpoint. stalled_since: when the register or the disk
    first stopped the work; None after a step was done again. waits_for: what a released order waits for, if not its
    turn alone. restarts: how often the work started over. extract_asked: the order counts among the organisation's
    extracts (extractlimit.py). lookups_since: when the first lookup began. sealed_key: the data key of all files of the
    order; without it they cannot be read. persons_found: how many persons the register's extract named; pages do not
    show it, because the difference from `rows` would tell how many were left out. unread: how many persons of the
    finished list could not be read; whether they are protected is not known. downloads: of the file, by everybody.
    built_seeing_gradings: whether the role saw gradings when the finished file was built; True where it is not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    order_key = models.UUIDField(null=True, editable=False)
    intent_id = models.UUIDField()
    request_id = models.CharField(max_length=64, blank=True)

    template = models.CharField(max_length=40)
    template_name = models.CharField(max_length=100, blank=True, default="", db_default="")
    kommune = models.CharField(max_length=4, blank=True)
    born_from = models.PositiveSmallIntegerField()
    born_to = models.PositiveSmallIntegerField()
    narrowing = models.JSONField(default=dict, db_default={})
    searched_by = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    sealed_search = models.BinaryField(default=bytes, db_default=b"")
    elements = ArrayField(models.CharField(max_length=80))
    layout = models.CharField(max_length=10, choices=Layout, default=Layout.ALL, db_default=Layout.ALL)
    rows_per = models.CharField(max_length=14, choices=RowsPer, default=RowsPer.PERSON, db_default=RowsPer.PERSON)
    sorting = models.CharField(max_length=12, choices=Sorting, blank=True, db_default="")
    file_format = models.CharField(
        max_length=12, choices=FileFormat, default=FileFormat.EXCEL, db_default=FileFormat.EXCEL
    )
    own_workbook = models.ForeignKey("OwnWorkbook", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=200, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.ORDERED)
    failure = models.CharField(max_length=20, choices=Failure, blank=True)
    ordered_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    lease_owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    stalled_since = models.DateTimeField(null=True)
    waits_for = models.CharField(max_length=10, choices=Waiting, blank=True, db_default="")
    restarts = models.PositiveSmallIntegerField(db_default=0)

    extract_asked = models.BooleanField(db_default=False)
    extract_job = models.CharField(max_length=100, blank=True)
    extract_complete = models.BooleanField(default=False)
    lookups_since = models.DateTimeField(null=True)
    persons_found = models.PositiveIntegerField(default=0)
    persons_done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0, db_default=0)
    figures = models.JSONField(default=dict, db_default={})

    sealed_key = models.BinaryField(default=bytes)
    file_name = models.CharField(max_length=60, blank=True)
    file_size = models.PositiveBigIntegerField(default=0)
    rebuilt = models.BooleanField(default=False)
    downloads = models.PositiveSmallIntegerField(default=0, db_default=0)
    built_seeing_gradings = models.BooleanField(default=True, db_default=True)

    class Meta:
        verbose_name = _("innbyggerliste")
        verbose_name_plural = _("innbyggerlister")
        ordering = ["-ordered_at"]
        constraints = [models.UniqueConstraint(fields=["ordered_by", "order_key"], name="ordered_once")]
        indexes = [
            models.Index(fields=["organisation", "role", "-ordered_at"], name="list_of_role"),
            models.Index(fields=["state", "lease_until"], name="list_lease"),
            models.Index(fields=["state", "expires_at"], name="list_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.kommune} ({self.get_state_display()})"
