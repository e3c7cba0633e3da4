"""The openings of the break-glass account, which works while the identity provider does not
(roles.login.breakglass)."""

import uuid
from datetime import datetime

from django.db import models
from django.utils import timezone

from roles.models.employee import Employee


class BreakGlassOpening(models.Model):
    """One opening of the account, with its reason, its end and its own password.

    beginning: keyed hash of the first half of the password. password: the hashed password, "" once the opening is
    closed. attempts: the number of tried passwords with the right first half. used_at: when the password was used for
    its only login.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="openings")
    reason = models.CharField(max_length=500)
    beginning = models.CharField(max_length=64, blank=True)
    password = models.CharField(max_length=128, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=models.Q(closed_at=None), name="break_glass_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(password=""), name="break_glass_closed_without_password"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d %H:%M}"

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.ends_at
