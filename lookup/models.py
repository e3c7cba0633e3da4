"""References: they stand in a URL instead of a person. A reference is opaque, expires soon, and works for one employee
only."""

import secrets
import uuid
from datetime import timedelta

from django.db import models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from roles.models import Employee, Role

LIFETIME = timedelta(minutes=15)
#: How long after its expiry the owner may still ask anew by a reference. The person stays sealed, and asking is a new
#: lookup.
RENEWABLE = timedelta(hours=2)
_TOKEN_BYTES = 16


def new_token() -> str:
    """A random token of 128 bits that is safe in a URL."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def in_a_while() -> CombinedExpression:
    """The database's time of now, plus a duration. All hosts use it, since their own clocks may be minutes apart."""
    return Now() + LIFETIME


class Reference(models.Model):
    """What one employee asked for in one role. `sealed` is bound to the token, so it cannot be opened in another row.

    token: stands in the URL and is stored nowhere; the code that makes or redeems a reference sets it. digest: its
    hash. intent_id: the employee's act, under which the log keeps every step. reason: why a confidential address is
    opened.
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
    """A reference to one person, by number."""


class SearchReference(Reference):
    """A reference to one search, by its criteria."""
