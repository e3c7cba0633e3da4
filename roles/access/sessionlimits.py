"""How long a session lasts: half an hour after what a person last did, and never past its tenth hour, or sooner.

Pure functions of a session's two times and the clock; fiksreg.middleware enforces what they say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """When a session ends unless something is done.

    latest: when it ends whatever is done. seconds_left: 0 when it is over, and not before. can_be_extended: False where
    only a new login would help.
    """

    at: datetime
    latest: datetime
    seconds_left: int
    can_be_extended: bool


def end_of(session: Mapping[str, Any], now: float) -> SessionEnd:
    """A session without times began, and was last used, now."""
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


def merged(read: Mapping[str, Any], noted: Mapping[str, Any]) -> Mapping[str, Any]:
    """A session as a request knows it and as it is noted by now: the request's own use of it is not noted yet."""
    used = [session["seen_at"] for session in (read, noted) if "seen_at" in session]
    return {**read, **noted, **({"seen_at": max(used)} if used else {})}


def is_worth_noting(session: Mapping[str, Any], now: float) -> bool:
    """Whether so much time has passed that what a person does now is written down: not at every press."""
    return bool(now - session.get("seen_at", 0) > settings.FIKSREG_SESSION_REFRESH_SECONDS)
