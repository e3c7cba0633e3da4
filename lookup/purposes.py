"""The case somebody works on stays chosen until it is changed, with the last ones to choose from.

Kept in the session, sealed, for each role apart: a case of one service area is nothing to another.
"""

from base64 import b64decode, b64encode
from typing import Final

import msgspec
from django.contrib.sessions.backends.base import SessionBase

from roles.access import Access
from roles.keyring import Unsealable, seal, unseal

_KEY: Final = "lookup-purposes"
_SEAL: Final = "lookup-purposes"
_MOST: Final = 5


class Purposes(msgspec.Struct, frozen=True):
    """chosen: the one in use, "" for none. last: those used lately, the latest first."""

    chosen: str = ""
    last: tuple[str, ...] = ()


def kept(session: SessionBase, access: Access) -> Purposes:
    """What this employee has used in this role since they logged in."""
    return _every(session, access).get(str(access.role_id), Purposes())


def keep(*, session: SessionBase, access: Access) -> None:
    """Makes the purpose of this access the chosen one. Writes nothing where it is that already."""
    before = kept(session, access)
    if access.purpose == before.chosen:
        return
    last = dict.fromkeys(filter(None, (access.purpose, *before.last)))
    now = Purposes(access.purpose, tuple(last)[:_MOST])
    every = {**_every(session, access), str(access.role_id): now}
    session[_KEY] = b64encode(seal(_SEAL, msgspec.json.encode(every), access.actor.id.encode())).decode()


def _every(session: SessionBase, access: Access) -> dict[str, Purposes]:
    """By role. What cannot be opened was another's, or sealed by a key that is gone: nothing is kept."""
    sealed = session.get(_KEY)
    if not sealed:
        return {}
    try:
        return msgspec.json.decode(unseal(_SEAL, b64decode(sealed), access.actor.id.encode()), type=dict[str, Purposes])
    except Unsealable:
        return {}
