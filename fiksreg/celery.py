"""The worker process: `celery --app fiksreg worker`.

Celery is a doorbell: a message is an id, and the row in PostgreSQL is the truth. The settings (celerysettings.py) have
two aims: a message that is lost or delivered twice does no harm, and a broker that hangs never delays a request.
"""

import logging
import logging.config
import os
import sys
import time
from importlib import import_module
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError, connections

from fiksreg.processes import Process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")

logger = logging.getLogger(__name__)

app = Celery("fiksreg")
app.config_from_object("fiksreg.celerysettings")
app.autodiscover_tasks()

_LOOK_EVERY_SECONDS = 1.0


@setup_logging.connect
def log_as_the_others(**_signal: Any) -> None:
    """Sets up our log lines in place of Celery's, which would lack the order's id."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def refuse_a_role_that_may_too_much(**_signal: Any) -> None:
    """Ends the worker when its database role has wrong rights. It exits, because Celery ignores exceptions in
    signals."""
    try:
        _wait_for_the_verdict()
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except Exception as problem:  # of any kind: no worker runs whose role was not checked
        logger.exception("the database role was not checked")
        sys.exit(f"the database role was not checked: {type(problem).__name__}")


def _wait_for_the_verdict() -> None:
    """Waits until the database answers and the role is checked. The worker takes no message before that."""
    begin = import_module("fiksreg.databaseroles").begin
    while True:
        try:
            begin(Process.WORKER)
        except (OperationalError, InterfaceError) as problem:
            logger.warning("the worker waits for the database: %s", problem)
            connections.close_all()
            time.sleep(_LOOK_EVERY_SECONDS)
        else:
            return
