"""The tables of the audit log, for reading. A migration in SQL creates them; only audit_append() writes to them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import msgspec
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from roles.audit.entries import CHANGES, chain_of
from roles.audit.subjects import hashes_of, numbers_in

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class EntryQuerySet(models.QuerySet["AuditEntry"]):
    """Queries on the log. A caller limits them to the chain of one organisation first."""

    def of_organisation(self, organisation_id: UUID | None) -> "EntryQuerySet":
        return self.filter(chain=chain_of(organisation_id))

    def by_actor(self, actor_id: str) -> "EntryQuerySet":
        return self.filter(actor_id=actor_id)

    def changes_naming(self, key: str, families: Iterable[str]) -> "EntryQuerySet":
        """Changes in the administration whose entry holds this id or key, except as the actor.

        families: prefixes of the events to find, such as "role:group:".
        """
        wanted = reduce(or_, (Q(event__startswith=family) for family in families))
        named = Q(body__contains=json.dumps(key)) & ~Q(actor_id=key)
        return self.filter(named, wanted, event__startswith=CHANGES)

    def of_intent(self, intent_id: UUID) -> "EntryQuerySet":
        return self.filter(intent_id=str(intent_id))

    def about(self, organisation_id: UUID | None, number: str) -> "EntryQuerySet":
        """The organisation's entries about a person, by the number that was asked for or by the person's current
        one."""
        chain, hashes = chain_of(organisation_id), hashes_of(organisation_id, number)
        renumbered = Q(current_hash__in=hashes) & ~Q(current_hash=F("asked_hash"))
        rows = AuditSubject.objects.filter(Q(asked_hash__in=hashes) | renumbered, chain=chain, seq=OuterRef("seq"))
        return self.filter(Exists(rows), chain=chain)

    def between(self, start: datetime, end: datetime) -> "EntryQuerySet":
        """Entries recorded from `start` (included) to `end` (not included)."""
        return self.filter(recorded_us__gte=_microseconds(start), recorded_us__lt=_microseconds(end))


class AuditEntry(models.Model):
    """One act. `body` holds the bytes that were hashed; the columns after `hash` are generated from it."""

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.TextField()
    seq = models.BigIntegerField()
    recorded_us = models.BigIntegerField()
    body = models.TextField()
    subjects_digest = models.BinaryField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()
    event = models.TextField()
    actor_id = models.TextField()
    intent_id = models.TextField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "audit_entry"
        ordering = ["chain", "seq"]

    def __str__(self) -> str:
        return f"{self.event} {self.chain}/{self.seq}"

    @property
    def recorded_at(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self.recorded_us)

    @property
    def fields(self) -> dict[str, Any]:
        """The body, decoded. Fields that were empty are missing."""
        return msgspec.json.decode(self.body, type=dict[str, Any])


class AuditSubject(models.Model):
    """One person of one entry."""

    pk = models.CompositePrimaryKey("chain", "seq", "ordinal")
    chain = models.TextField()
    seq = models.BigIntegerField()
    ordinal = models.IntegerField()
    asked_hash = models.BinaryField()
    current_hash = models.BinaryField(null=True)
    sealed = models.BinaryField()
    outcome = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "audit_subject"
        ordering = ["chain", "seq", "ordinal"]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}/{self.ordinal}"

    def numbers(self, organisation_id: UUID | None) -> tuple[str, str | None]:
        """The number asked and the current one (None: not known), for a reader who may know the person. Raises
        Unsealable."""
        return numbers_in(organisation_id, bytes(self.sealed))


class AuditCheckpoint(models.Model):
    """A signed statement of the hash that a chain had at an entry."""

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.TextField()
    seq = models.BigIntegerField()
    statement = models.TextField()
    signature = models.BinaryField()

    class Meta:
        managed = False
        db_table = "audit_checkpoint"
        ordering = ["chain", "seq"]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq}"


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
