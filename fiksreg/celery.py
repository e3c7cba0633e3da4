"""The worker process: `celery --app fiksreg worker`.

Celery is a doorbell: a message is an id, the row in PostgreSQL is the truth. Every setting here serves one of two ends:
a message that is lost or delivered twice does no harm, and a broker that hangs never holds anybody up.
"""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

from roles.audit.checks import assert_append_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")

app = Celery("fiksreg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def refuse_a_role_that_could_rewrite_the_log(**_signal: Any) -> None:
    """Celery swallows the exceptions of its signals, so a worker that must not start has to exit."""
    try:
        assert_append_only()
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
