"""Wiring: settings, URLs, processes. The Celery application is named here, where `celery --app fiksreg` looks for it."""

from fiksreg.celery import app as celery_app

__all__ = ["celery_app"]
