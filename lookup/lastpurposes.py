"""The purpose that an employee works on. It stays chosen until it is changed, and the last ones can be chosen again.

Purposes are kept for each role: a case of one service area does not concern another.
"""

from typing import Final

import msgspec
from django.contrib.sessions.backends.base import SessionBase

from lookup.sealedsession import read_sealed, write_sealed
from roles.access import Access

_KEY: Final = "lookup-purposes"
_MOST: Final = 5


class Purposes(msgspec.Struct, frozen=True):
    """chosen: the purpose in use; "" for none. last: those used lately, the latest first."""

    chosen: str = ""
    last: tuple[str, ...] = ()


def purposes_of(session: SessionBase, access: Access) -> Purposes:
    """The purposes that this employee has used in this role since they logged in."""
    return _every(session, access).get(str(access.role_id), Purposes())


def keep_purpose(*, session: SessionBase, access: Access) -> None:
    """Makes the purpose of this access the chosen one. Writes nothing when it is that already."""
    before = purposes_of(session, access)
    if access.purpose == before.chosen:
        return
    last = dict.fromkeys(filter(None, (access.purpose, *before.last)))
    now = Purposes(access.purpose, tuple(last)[:_MOST])
    write_sealed(
        session=session, access=access, key=_KEY, content={**_every(session, access), str(access.role_id): now}
    )


def _every(session: SessionBase, access: Access) -> dict[str, Purposes]:
    """The purposes of this session, by role id."""
    return read_sealed(session, access, _KEY, dict[str, Purposes]) or {}
