"""The worker process: `celery --app fiksreg worker`.

Celery is a doorbell: a message is an id, the row in PostgreSQL is the truth. Every setting here serves one of two ends:
a message that is lost or delivered twice does no harm, and a broker that hangs never holds anybody up.
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
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_LOOK_EVERY_SECONDS = 1.0


@setup_logging.connect
def log_as_the_others(**_signal: Any) -> None:
    """Celery would write lines of its own form, in which no order's id stands, in place of ours."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def refuse_a_role_that_may_too_much(**_signal: Any) -> None:
    """Celery swallows the exceptions of its signals, so a worker that must not start has to exit."""
    try:
        _wait_for_the_verdict()
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except Exception as problem:  # whatever it is: no worker runs that was not looked at
        logger.exception("the database role was not checked")
        sys.exit(f"the database role was not checked: {type(problem).__name__}")


def _wait_for_the_verdict() -> None:
    """While the database is away the worker takes nothing: it waits here, and is looked at once it is back."""
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
