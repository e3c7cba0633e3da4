"""`manage.py verify_audit [--json]`: verify the audit log. Exit status 1 when it is broken."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from roles.audit.verification import Report, Verdict, report


class Command(BaseCommand):
    """Verifies every chain. It only reads."""

    help = "Verify every chain of the audit log against itself, its head and its signed checkpoints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line: ok, organisation, seq, reason, broken")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = report()
        self.stdout.write(json.dumps(found.as_json()) if options["json"] else _in_words(found))
        if not found.ok:
            sys.exit(1)


def _in_words(found: Report) -> str:
    if not found.ok:
        return "\n".join(map(_line, found.broken))
    if settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS:
        return "The audit log is whole."
    return "The audit log hangs together. Checkpoints were not verified: FIKSREG_CHECKPOINT_PUBLIC_KEYS is not set."


def _line(verdict: Verdict) -> str:
    """The verdict on one line, also when somebody put line breaks into a chain's name."""
    if verdict.line:
        return f"Broken: line {verdict.line} of the checkpoint file: {verdict.reason}"
    if verdict.organisation is None:
        return f"Broken: {verdict.reason}"
    chain = json.dumps(verdict.organisation).strip('"')
    forged = f" ({verdict.forged} forged checkpoints)" if verdict.forged else ""
    at = f", entry {verdict.seq}" if verdict.seq else ""
    return f"Broken: chain {chain}{at}: {verdict.reason}{forged}"
