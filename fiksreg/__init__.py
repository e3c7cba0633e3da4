"""Wiring: settings, URLs, processes. `celery --app fiksreg` looks for its application here."""

from fiksreg.celery import app as celery_app

__all__ = ["celery_app"]
