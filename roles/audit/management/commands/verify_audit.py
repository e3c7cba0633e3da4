"""`manage.py verify_audit [--json]`: is the log whole? Exit status 1 when it is not."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from roles.audit.verification import Verdict, verify


class Command(BaseCommand):
    """Walks every chain; reads only."""

    help = "Verify every chain of the audit log against itself, its head and its signed checkpoints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line: ok, organisation, seq, reason")

    def handle(self, *_args: Any, **options: Any) -> None:
        verdict = verify()
        self.stdout.write(json.dumps(verdict.as_json()) if options["json"] else _in_words(verdict))
        if not verdict.ok:
            sys.exit(1)


def _in_words(verdict: Verdict) -> str:
    if not verdict.ok:
        return f"Broken: chain {verdict.organisation}, entry {verdict.seq}: {verdict.reason}"
    if settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS:
        return "The audit log is whole."
    return "The audit log hangs together. Checkpoints were not verified: FIKSREG_CHECKPOINT_PUBLIC_KEYS is not set."
