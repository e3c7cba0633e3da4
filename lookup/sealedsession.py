"""What stays in somebody's session while they work: sealed, since it may name a person or a case.

The seal is bound to the employee. What cannot be opened was another's, or sealed by a key that is gone, and is nothing.
"""

from base64 import b64decode, b64encode
from typing import TypeVar

import msgspec
from django.contrib.sessions.backends.base import SessionBase

from roles.access import Access
from roles.keyring import Unsealable, seal, unseal

T = TypeVar("T")


def write_sealed(*, session: SessionBase, access: Access, key: str, content: object) -> None:
    """Keeps it under this key, in the place of what was there."""
    session[key] = b64encode(seal(key, msgspec.json.encode(content), access.actor.id.encode())).decode()


def read_sealed(session: SessionBase, access: Access, key: str, shape: type[T]) -> T | None:
    """What is kept under this key, None for nothing."""
    sealed = session.get(key)
    if not sealed:
        return None
    try:
        return msgspec.json.decode(unseal(key, b64decode(sealed), access.actor.id.encode()), type=shape)
    except (Unsealable, msgspec.DecodeError):
        return None
