"""What follows an order: the e-mail when it has ended, and the schedule by which it is placed again."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citizenlists.models.order import CitizenList, Failure
from roles.models import Employee


class Notice(models.Model):
    """An e-mail that is to be sent when the order is ready or has failed. Its row is deleted when it is sent.

    address: where somebody asked to be told. language: of the e-mail. try_at: not before then; moved on by each try.
    """

    order = models.OneToOneField(CitizenList, on_delete=models.CASCADE, primary_key=True, related_name="notice")
    address = models.EmailField()
    language = models.CharField(max_length=2)
    try_at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"notice of {self.order_id}"


class Every(models.TextChoices):
    """How often a list is made again."""

    MONTH = "month", _("Hver måned")
    YEAR = "year", _("Hvert år")


class Schedule(models.Model):
    """An order that is placed again and again, in the right that its orderer has at that time.

    order: what is repeated. made_by: whose right it is. due_at: the next time. address: who is told by e-mail when a
    list is ready or the schedule ends; may be empty. ended: why it ended; "" while it goes on.
    """

    order = models.OneToOneField(CitizenList, on_delete=models.CASCADE, primary_key=True, related_name="schedule")
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    every = models.CharField(max_length=5, choices=Every)
    made_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    address = models.EmailField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    ended = models.CharField(max_length=20, choices=Failure, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="schedule_due")]

    def __str__(self) -> str:
        return f"schedule of {self.order_id}"
