"""The work on an order: its checkpoints, the parts that are left, and the doorbell that calls a worker to it."""

from django.db import models
from django.db.models.functions import Now

from citizenlists.models.order import CitizenList


class CheckpointKind(models.TextChoices):
    """IDENTIFIERS: one batch of the register's extract. ROWS: the result of one bulk lookup of up to 1,000 persons."""

    IDENTIFIERS = "identifiers"
    ROWS = "rows"


class Checkpoint(models.Model):
    """A finished part of the work, stored in an encrypted file. A new worker continues after the last one.

    size: the number of identifiers or rows in the file. file_name: contains the fencing number, so that a worker that
    lost its claim never overwrites a file of the next one.
    """

    order = models.ForeignKey(CitizenList, on_delete=models.CASCADE, related_name="checkpoints")
    kind = models.CharField(max_length=12, choices=CheckpointKind)
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    file_name = models.CharField(max_length=60)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["order", "kind", "number"], name="checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Part(models.Model):
    """A bulk lookup that is left to do: identifiers start..stop of batch `batch`. Its row is deleted when its
    checkpoint is stored, so a part is either left or done.

    number: of the lookup within the whole list. holder, lease_until, claims: a worker's claim (orders/parts.py); holder
    is an id that the worker invents, and `claims` counts how often the part was taken. file_name: where the holder
    stores the rows; no other claim has the same.
    """

    order = models.ForeignKey(CitizenList, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    batch = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    stop = models.PositiveIntegerField()
    holder = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    claims = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="part_once")]
        indexes = [models.Index(fields=["holder"], name="part_of_holder")]

    def __str__(self) -> str:
        return f"part {self.number}"


class Doorbell(models.Model):
    """An outbox row: a worker is to be called to this order, not before `ring_at`.

    It is written in the transaction that changes the order, published by the clock, and deleted when a worker has come.
    rung_at: when it was put on the queue.
    """

    order = models.OneToOneField(CitizenList, on_delete=models.CASCADE, primary_key=True, related_name="doorbell")
    ring_at = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ring_at"], name="doorbell_ring_at")]

    def __str__(self) -> str:
        return f"doorbell of {self.order_id}"
