"""What those who are not logged in leave behind: nothing in sessions, and in the log no more than a line now and then.

Whoever has shown nothing may come as often as a machine can. So the log is told once an hour of each thing that they
can bring about; how often it happened stands in the service log.
"""

from typing import Final

import structlog
from django.conf import settings

from roles.limits.counters import Full, Window, counters

TOLD_EVERY_SECONDS: Final = 60 * 60

logger = structlog.stdlib.get_logger(__name__)


def is_news(what: str) -> bool:
    """Whether the log is to be told this. what: a word of ours. The service log is told each time."""
    logger.info("a stranger was refused", reason=what)
    return counters().take("strangers", Window(f"told:{what}", 1, TOLD_EVERY_SECONDS)) is None


def too_many(sender: str) -> Full | None:
    """Counts one request to a door that is open to all. Not None where this sender has made as many as one may."""
    return counters().take(f"stranger:{sender}", Window("requests", settings.FIKSREG_STRANGERS_PER_MINUTE, 60))
