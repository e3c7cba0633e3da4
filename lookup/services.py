"""Lookups: what is to be asked is kept sealed behind a reference, and asked through the gate when it is followed."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import TypeVar
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models.functions import Now

from integrations.folkeregisteret.criteria import SearchCriteria
from lookup.models import PersonReference, Reference, SearchReference, new_token
from roles import disclosure
from roles.access import Access
from roles.fieldpolicy import PermittedRecord
from roles.keyring import every_keyed_hash, keyed_hash, seal, unseal

MAX_HITS = 50
_SEAL = "lookup-reference"
_DIGEST = "lookup-token"

R = TypeVar("R", bound=Reference)


class ReferenceUnknown(Exception):
    """There is no such reference, or it is not this employee's. The two are told apart to no one."""


class ReferenceExpired(Exception):
    """The reference was theirs, but its time is out or they have changed role since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One lookup's answer. record: None where nobody has the number. access: what it was asked with."""

    access: Access
    number: str
    record: PermittedRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHit:
    """One person in a hit list, to be opened by the reference `token`."""

    token: str
    number: str
    record: PermittedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMany:
    """A hit list. more: there were more hits than are shown."""

    hits: tuple[FoundHit, ...]
    more: bool


def open_person(*, access: Access, number: str) -> str:
    """The token of a new reference to the person with this number, for the purpose and reason in `access`."""
    reference = _sealed(PersonReference, access, number.encode())
    reference.save(force_insert=True)
    return reference.token


def open_related(*, access: Access, token: str, number: str) -> str:
    """The token of a new reference to somebody related. The purpose goes along; the reason for an address does not."""
    origin = _redeem(PersonReference, access, token)
    return open_person(access=access.for_purpose(origin.purpose), number=number)


def open_address(*, access: Access, token: str, reason: str) -> str:
    """The token of a new reference to the same person, this time with a reason for seeing a confidential address."""
    origin = _redeem(PersonReference, access, token)
    with_reason = access.for_purpose(origin.purpose).opening_confidential_address(reason)
    return open_person(access=with_reason, number=_number(origin))


def open_search(*, access: Access, criteria: SearchCriteria) -> str:
    """The token of a new reference to a search."""
    reference = _sealed(SearchReference, access, msgspec.json.encode(_asked(criteria)))
    reference.save(force_insert=True)
    return reference.token


def look_up(*, access: Access, token: str) -> Found:
    """Asks, through the gate, about the person behind the reference.

    Raises ReferenceUnknown, ReferenceExpired and what the gate raises.
    """
    reference = _redeem(PersonReference, access, token)
    step, number = _as_asked(access, reference), _number(reference)
    return Found(access=step, number=number, record=disclosure.disclose(step, number))


def search(*, access: Access, token: str) -> FoundMany:
    """Asks, through the gate, for the hits of the search behind the reference; each hit gets a reference of its own.

    Raises ReferenceUnknown, ReferenceExpired and what the gate raises.
    """
    reference = _redeem(SearchReference, access, token)
    step = _as_asked(access, reference)
    result = disclosure.search(step, _criteria(reference), limit=MAX_HITS)
    rows = _opened(step, (hit.number for hit in result.hits))
    opened = zip(rows, result.hits, strict=True)
    hits = (FoundHit(token=row.token, number=hit.number, record=hit.record) for row, hit in opened)
    return FoundMany(hits=tuple(hits), more=result.more)


@transaction.atomic
def forget_expired() -> None:
    """Deletes every reference whose time is out. The clock's chore; an expired one is refused before it is deleted."""
    for model in (PersonReference, SearchReference):
        model.objects.filter(expires_at__lte=Now()).delete()


def _opened(access: Access, numbers: Iterable[str]) -> list[PersonReference]:
    return PersonReference.objects.bulk_create(_sealed(PersonReference, access, number.encode()) for number in numbers)


def _sealed(model: type[R], access: Access, content: bytes) -> R:
    token = new_token()
    reference = model(
        digest=keyed_hash(_DIGEST, None, token),
        employee_id=UUID(access.actor.id),
        role_id=access.role_id,
        purpose=access.purpose,
        reason=access.reason,
        intent_id=access.intent_id,
    )
    reference.token, reference.sealed = token, seal(_SEAL, content, token.encode())
    return reference


def _redeem(model: type[R], access: Access, token: str) -> R:
    digests = every_keyed_hash(_DIGEST, None, token)
    theirs = model._default_manager.filter(digest__in=digests, employee_id=UUID(access.actor.id))
    live = theirs.filter(expires_at__gt=Now(), role_id=access.role_id).first()
    if live is None:
        raise ReferenceExpired if theirs.exists() else ReferenceUnknown
    live.token = token
    return live


def _as_asked(access: Access, reference: Reference) -> Access:
    return replace(access, purpose=reference.purpose, reason=reference.reason, intent_id=reference.intent_id)


def _number(reference: PersonReference) -> str:
    return _content(reference).decode()


def _criteria(reference: SearchReference) -> SearchCriteria:
    return msgspec.json.decode(_content(reference), type=SearchCriteria)


def _asked(criteria: SearchCriteria) -> dict[str, object]:
    return {field.name: getattr(criteria, field.name) for field in fields(criteria)}


def _content(reference: Reference) -> bytes:
    return unseal(_SEAL, bytes(reference.sealed), reference.token.encode())
