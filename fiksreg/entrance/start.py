"""What must be known of the database before the first page, asked as soon as the database can be asked."""

from threading import Lock

import structlog
from django.db import InterfaceError, OperationalError

from fiksreg.databaseroles import begin
from fiksreg.processes import Process
from roles.connections import let_go

logger = structlog.stdlib.get_logger(__name__)


class StartCheck:
    """A process that starts while PostgreSQL is away does not die of it: it answers nobody before it has looked."""

    def __init__(self) -> None:
        self._passed = False
        self._looking = Lock()

    def passes(self) -> bool:
        """False while the database cannot be asked. Raises ImproperlyConfigured for a role that is not web's."""
        if not self._passed and self._looking.acquire(blocking=False):
            try:
                self._passed = _look()
            finally:
                self._looking.release()
        return self._passed


def _look() -> bool:
    try:
        begin(Process.WEB)
    except (OperationalError, InterfaceError):
        logger.warning("the database cannot be asked yet what this process may do")
        return False
    finally:
        let_go()
    return True
