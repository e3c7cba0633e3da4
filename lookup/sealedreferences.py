"""References: rows that hold what is to be looked up, sealed by a token that only the employee has."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Final, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now
from psycopg import sql

from lookup.models import LIFETIME, RENEWABLE, PersonReference, Reference, SearchReference, new_token
from roles.access import Access
from roles.keyring import seal, unseal

_SEAL = "lookup-reference"

R = TypeVar("R", bound=Reference)

_COLUMNS: Final = ("digest", "employee_id", "role_id", "sealed", "purpose", "reason", "intent_id")
#: Expiry is by the database's clock, as in lookup.models.in_a_while.
_INSERT: Final = (
    "INSERT INTO {table} (digest, employee_id, role_id, sealed, purpose, reason, intent_id, expires_at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, statement_timestamp() + %s)"
)
_INSERTS: Final[Mapping[type[Reference], str]] = {
    model: sql.SQL(_INSERT).format(table=sql.Identifier(model._meta.db_table)).as_string()
    for model in (PersonReference, SearchReference)
}


class ReferenceUnknown(Exception):
    """There is no such reference, or it is another employee's. Only the log tells the two apart."""

    def __init__(self, *, is_anothers: bool) -> None:
        super().__init__()
        self.is_anothers = is_anothers


class ReferenceExpired(Exception):
    """The reference is the employee's, but it has expired, or they have changed role since.

    may_renew: it is to a person and was made in the role they have now, so open_again() may accept it.
    """

    def __init__(self, *, may_renew: bool) -> None:
        super().__init__()
        self.may_renew = may_renew


def keep(*, model: type[PersonReference | SearchReference], access: Access, content: bytes) -> str:
    """Stores a new reference to this content and returns its token. It has the purpose and reason of `access`."""
    reference = _new_reference(model, access, content)
    # save() would compile its statement anew in each lookup.
    with connection.cursor() as cursor:
        cursor.execute(_INSERTS[model], [getattr(reference, name) for name in _COLUMNS] + [LIFETIME])
    return reference.token


def keep_all(*, access: Access, numbers: Iterable[str]) -> list[PersonReference]:
    """Stores a new reference to each of these persons and returns them, in order, with their tokens."""
    rows = (_new_reference(PersonReference, access, number.encode()) for number in numbers)
    return PersonReference.objects.bulk_create(rows)


def _new_reference(model: type[R], access: Access, content: bytes) -> R:
    token = new_token()
    reference = model(
        digest=digest_of(token),
        employee_id=UUID(access.actor.id),
        role_id=access.role_id,
        purpose=access.purpose,
        reason=access.reason,
        intent_id=access.intent_id,
    )
    reference.token, reference.sealed = token, seal(_SEAL, content, token.encode())
    return reference


def digest_of(token: str) -> str:
    """The hash by which the row is found. The token is random and long, so a plain hash reveals nothing about it, and
    it does not depend on the master key in use."""
    return sha256(token.encode()).hexdigest()


def redeem(
    model: type[R], access: Access, token: str, *, in_any_role: bool = False, overdue: timedelta = timedelta()
) -> R:
    """The employee's reference with this token, in the role of `access`. Raises ReferenceUnknown, ReferenceExpired.

    in_any_role: also when it was made in another role. overdue: how long after its expiry it is still accepted.
    """
    named = model._default_manager.filter(digest=digest_of(token))
    live = named.filter(employee_id=UUID(access.actor.id), expires_at__gt=Now() - overdue)
    found = (live if in_any_role else live.filter(role_id=access.role_id)).first()
    if found is None:
        raise _refusal(named.first(), access)
    found.token = token
    return found


def _refusal(found: Reference | None, access: Access) -> ReferenceUnknown | ReferenceExpired:
    if found is None or found.employee_id != UUID(access.actor.id):
        return ReferenceUnknown(is_anothers=found is not None)
    return ReferenceExpired(may_renew=isinstance(found, PersonReference) and found.role_id == access.role_id)


def access_of(access: Access, reference: Reference) -> Access:
    """The access with the purpose, reason and intent that the reference was made with."""
    return replace(access, purpose=reference.purpose, reason=reference.reason, intent_id=reference.intent_id)


def content_of(reference: Reference) -> bytes:
    """What the reference holds, unsealed. The reference must come from redeem(), which gives it its token."""
    return unseal(_SEAL, bytes(reference.sealed), reference.token.encode())


@transaction.atomic
def forget_expired() -> None:
    """Deletes every reference that nobody can use or renew. A chore of the clock: redeem() refuses them before that."""
    PersonReference.objects.filter(expires_at__lte=Now() - RENEWABLE).delete()
    SearchReference.objects.filter(expires_at__lte=Now()).delete()
