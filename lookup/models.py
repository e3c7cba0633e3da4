"""References: what stands in a URL instead of a person. Opaque, short-lived, and worth nothing to anyone else."""

import secrets
import uuid
from datetime import timedelta

from django.db import models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from roles.models import Employee, Role

LIFETIME = timedelta(minutes=15)
#: How long after that its owner may still ask anew by it: the person stays sealed, and asking is a new lookup.
RENEWABLE = timedelta(hours=2)
_TOKEN_BYTES = 16


def new_token() -> str:
    """128 random bits, safe in a URL."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def in_a_while() -> CombinedExpression:
    """By the database's clock, the same for every host: theirs may be minutes apart."""
    return Now() + LIFETIME


class Reference(models.Model):
    """What one employee asked for in one role. `sealed` is bound to the token: it opens in no other row.

    token: stands in the URL and is kept nowhere; who makes or redeems a reference sets it. digest: a hash of it.
    intent_id: what the person did; the log keeps every step under it. reason: why a confidential address is opened.
    """

    token: str
    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    purpose = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=250, blank=True)
    intent_id = models.UUIDField(default=uuid.uuid4)
    expires_at = models.DateTimeField(default=in_a_while, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} until {self.expires_at}"


class PersonReference(Reference):
    """One person, by number."""


class SearchReference(Reference):
    """One search, by its criteria."""
