"""Access reviews: a frozen copy of all accesses, and the reviewers' answers."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from roles.models.employee import Employee
from roles.models.organisation import Organisation
from roles.models.role import RoleAssignment


class AccessReview(models.Model):
    """A review of a whole organisation. An administrator opens it; an administrator, or the clock at its deadline,
    closes it.

    reminded_at: when the reviewers with unanswered items were reminded; their pages show it until they have answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="access_reviews", verbose_name=_("virksomhet")
    )
    name = models.CharField(_("navn"), max_length=200)
    opened_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("åpnet av")
    )
    opened_at = models.DateTimeField(_("åpnet"), default=timezone.now, editable=False)
    remind_at = models.DateTimeField(_("påminnelse"))
    deadline = models.DateTimeField(_("frist"))
    reminded_at = models.DateTimeField(_("påminnet"), null=True, editable=False)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, editable=False)

    class Meta:
        verbose_name = _("tilgangsgjennomgang")
        verbose_name_plural = _("tilgangsgjennomganger")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(remind_at__lte=models.F("deadline")), name="review_reminds_before_its_deadline"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, now: datetime) -> bool:
        """Whether the review takes answers: it is not closed and its deadline has not passed."""
        return self.closed_at is None and now < self.deadline


class ReviewAnswer(models.TextChoices):
    KEEP = "KEEP", _("Behold")
    CHANGE = "CHANGE", _("Endre")
    REMOVE = "REMOVE", _("Fjern")


class ReviewItem(models.Model):
    """One access as it was when the review opened; its texts never change. answer: "" means not answered.

    With an assignment it is a role of `employee`, or of an integration when employee is None. Without an assignment it
    is an administratorship of `employee`; only its id is stored, because its row is deleted when it is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="items")
    assignment = models.ForeignKey(RoleAssignment, on_delete=models.PROTECT, null=True, related_name="+")
    administratorship = models.BigIntegerField(null=True)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="review_items")
    holder_name = models.CharField(max_length=200)
    role_name = models.CharField(max_length=200)
    service_area = models.CharField(max_length=200, blank=True)
    group_name = models.CharField(max_length=200, blank=True)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)
    answer = models.CharField(max_length=20, choices=ReviewAnswer, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["holder_name", "role_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "assignment", "administratorship", "employee"],
                nulls_distinct=False,
                name="review_item_once",
            ),
            models.CheckConstraint(
                condition=models.Q(assignment__isnull=False, administratorship=None, valid_from__isnull=False)
                | models.Q(assignment=None, administratorship__isnull=False, employee__isnull=False),
                name="review_item_of_one_access",
            ),
            models.CheckConstraint(
                condition=models.Q(employee=None) | ~models.Q(reviewer=models.F("employee")),
                name="review_item_never_of_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="review_item_answered_at",
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer"], condition=models.Q(answer=""), name="review_item_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name}: {self.role_name}"

    @property
    def is_integrations(self) -> bool:
        """Whether an integration holds this access."""
        return self.employee_id is None

    @property
    def is_administratorship(self) -> bool:
        """Whether this access is an administratorship, not a role."""
        return self.administratorship is not None
