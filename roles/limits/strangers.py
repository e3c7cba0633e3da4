"""Limits for visitors who are not logged in.

Such a visitor may be a machine that sends any number of requests. Therefore the audit log gets one entry an hour for
each kind of refusal they can cause; the service log gets a line for each refusal.
"""

from typing import Final

import structlog
from django.conf import settings

from roles.limits.counters import Full, Window, counters

TOLD_EVERY_SECONDS: Final = 60 * 60

logger = structlog.stdlib.get_logger(__name__)


def is_news(what: str) -> bool:
    """Whether a refusal is to be logged in the audit log: once an hour for each `what`, a word of our own.

    Writes a line to the service log each time.
    """
    logger.info("a stranger was refused", reason=what)
    return counters().take("strangers", Window(f"told:{what}", 1, TOLD_EVERY_SECONDS)) is None


def too_many(sender: str) -> Full | None:
    """Counts a request of this sender to a public address. Returns the full window when there were too many, else
    None."""
    return counters().take(f"stranger:{sender}", Window("requests", settings.FIKSREG_STRANGERS_PER_MINUTE, 60))
