"""The check of the database role before the first page, made as soon as the database answers."""

from threading import Lock

import structlog
from django.db import InterfaceError, OperationalError

from fiksreg.databaseroles import begin
from fiksreg.processes import Process

logger = structlog.stdlib.get_logger(__name__)


class StartCheck:
    """Lets a process start while PostgreSQL does not answer. It answers no request before the check has passed."""

    def __init__(self) -> None:
        self._passed = False
        self._looking = Lock()

    def passes(self) -> bool:
        """Whether the check has passed; False while the database does not answer. Raises ImproperlyConfigured when the
        role does not have the rights of the web process."""
        if not self._passed and self._looking.acquire(blocking=False):
            try:
                self._passed = _look()
            finally:
                self._looking.release()
        return self._passed


def _look() -> bool:
    """Whether the database answered. begin() closes the connections that it opens."""
    try:
        begin(Process.WEB)
    except (OperationalError, InterfaceError):
        logger.warning("the database cannot be asked yet what this process may do")
        return False
    return True
