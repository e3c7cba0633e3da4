"""A search that somebody made, handed from one room to another: sealed, for the same person in the same role, for a
while. The rooms do not know each other, and the criteria may name a person."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import fields
from typing import Final

import msgspec
from django.utils import timezone

from integrations.folkeregisteret.criteria import SearchCriteria
from roles.access import Access
from roles.keyring import Unsealable, seal, unseal

_SEAL: Final = "search-slip"
#: Seconds that a slip holds.
LASTS: Final = 60 * 60


class SlipExpired(Exception):
    """The slip is too old, another's, of another role, or none of ours."""


class _Slip(msgspec.Struct, frozen=True):
    criteria: SearchCriteria
    made_at: float


def slip_of(access: Access, criteria: SearchCriteria) -> str:
    """The search as a text that only this person can use, in this role. It says nothing to anybody else."""
    content = msgspec.json.encode(_Slip(criteria, timezone.now().timestamp()))
    return urlsafe_b64encode(seal(_SEAL, content, _holder(access))).decode()


def search_on(access: Access, slip: str) -> SearchCriteria:
    """The search on the slip. Raises SlipExpired."""
    try:
        found = msgspec.json.decode(unseal(_SEAL, urlsafe_b64decode(slip.encode()), _holder(access)), type=_Slip)
    except (Unsealable, msgspec.DecodeError, ValueError):
        raise SlipExpired from None
    if timezone.now().timestamp() - found.made_at > LASTS:
        raise SlipExpired
    return found.criteria


def as_text(criteria: SearchCriteria) -> bytes:
    """The criteria as they are sealed in an order."""
    return msgspec.json.encode({one.name: getattr(criteria, one.name) for one in fields(criteria)})


def from_text(text: bytes) -> SearchCriteria:
    """What as_text() was given."""
    return msgspec.json.decode(text, type=SearchCriteria)


def _holder(access: Access) -> bytes:
    return f"{access.actor.id} {access.role_id}".encode()
