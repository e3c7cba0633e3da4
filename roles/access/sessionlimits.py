"""How long a session lasts: half an hour after its last use, at most ten hours in all, and never past its `ends_at`.

Pure functions of the times in a session and the clock; fiksreg.middleware enforces them. The settings
SESSION_COOKIE_AGE and FIKSREG_SESSION_ABSOLUTE_AGE hold the two periods.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """When a session ends.

    at: when it ends if it is not used again. latest: when it ends even if it is used. seconds_left: seconds until `at`;
    0 only when the session is over. can_be_extended: False when only a new login gives more time.
    """

    at: datetime
    latest: datetime
    seconds_left: int
    can_be_extended: bool


def end_of(session: Mapping[str, Any], now: float) -> SessionEnd:
    """The end of a session. now: seconds since 1970. A session without times counts as opened and last used now."""
    idle = float(session.get("seen_at", now)) + settings.SESSION_COOKIE_AGE
    absolute = min(
        float(session.get("opened_at", now)) + settings.FIKSREG_SESSION_ABSOLUTE_AGE,
        float(session.get("ends_at", "inf")),
    )
    return SessionEnd(
        at=datetime.fromtimestamp(min(idle, absolute), UTC),
        latest=datetime.fromtimestamp(absolute, UTC),
        seconds_left=max(0, ceil(min(idle, absolute) - now)),
        can_be_extended=idle < absolute,
    )


def merge(read: Mapping[str, Any], noted: Mapping[str, Any]) -> Mapping[str, Any]:
    """The session's values as the request read them (`read`), overridden by those in the database now (`noted`).

    `seen_at` is the later of the two, because the use by this request is not in the database yet.
    """
    used = [session["seen_at"] for session in (read, noted) if "seen_at" in session]
    return {**read, **noted, **({"seen_at": max(used)} if used else {})}


def is_worth_noting(session: Mapping[str, Any], now: float) -> bool:
    """Whether to write the session's last use to the database: once in FIKSREG_SESSION_REFRESH_SECONDS at most."""
    return bool(now - session.get("seen_at", 0) > settings.FIKSREG_SESSION_REFRESH_SECONDS)
