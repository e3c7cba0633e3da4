"""The last search by name or address. It stays in the form of the search page until its reference expires.

An employee who returns there can correct it instead of typing it again. A number is not kept: it is pasted, and looked
up at once.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec
from django.contrib.sessions.backends.base import SessionBase

from lookup.models import LIFETIME
from lookup.sealedsession import read_sealed, write_sealed
from roles.access import Access

_KEY: Final = "lookup-search"


class _Search(msgspec.Struct, frozen=True):
    role: str
    at: datetime
    typed: dict[str, str]


def keep_search(*, session: SessionBase, access: Access, typed: Mapping[str, str], now: datetime) -> None:
    """Keeps what was typed, in place of the search before."""
    content = _Search(role=str(access.role_id), at=now, typed=dict(typed))
    write_sealed(session=session, access=access, key=_KEY, content=content)


def last_search(session: SessionBase, access: Access, now: datetime) -> dict[str, str]:
    """What was typed in the last search in this role; {} when there is none or it has expired."""
    last = read_sealed(session, access, _KEY, _Search)
    is_ours = last is not None and last.role == str(access.role_id) and now < last.at + LIFETIME
    return last.typed if last and is_ours else {}
