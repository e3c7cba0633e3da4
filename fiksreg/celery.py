"""The worker process: `celery --app fiksreg worker`.

Celery is a doorbell: a message is an id, the row in PostgreSQL is the truth. Every setting here serves one of two ends:
a message that is lost or delivered twice does no harm, and a broker that hangs never holds anybody up.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fiksreg.settings")

app = Celery("fiksreg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
