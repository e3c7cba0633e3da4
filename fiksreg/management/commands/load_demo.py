"""`manage.py load_demo`: the demo's organisations, employees and roles."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fiksreg.demo.data import load_demo


class Command(BaseCommand):
    """Adds what is missing; refuses outside demo and test."""

    help = "Load the demo's organisations, employees and roles. Keeps what is there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises CommandError in production: invented accounts have no business there."""
        if settings.PRODUCTION:
            raise CommandError("load_demo is for FIKSREG_ENVIRONMENT=demo: it gives roles to invented accounts.")
        load_demo()
