"""`manage.py accept_restore --reason … --to FILE`: accept that a restore from a backup lost the end of the log."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from roles.actors import system
from roles.audit.restoring import NotARestore, accept_restore
from roles.purposes import refuse_numbers


class Command(BaseCommand):
    """Reads FIKSREG_CHECKPOINT_FILE without changing it, and writes a new checkpoint file."""

    help = "Say in the log which entries a restore lost, and write a checkpoint file of what the log still holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="who, and which backup; no personal data")
        parser.add_argument("--to", required=True, type=Path, help="the new checkpoint file")

    def handle(self, *_args: Any, **options: Any) -> None:
        _check(options["reason"])
        try:
            lost = accept_restore(reason=options["reason"], by=system("server"), into=options["to"])
        except (NotARestore, OSError) as problem:
            raise CommandError(str(problem)) from None
        for chain, each in lost.items():
            self.stdout.write(f"Lost: chain {chain}, entries {each.first} to {each.last} at least")
        self.stdout.write(f"FIKSREG_CHECKPOINT_FILE is to be {options['to']} from now on. Keep the old file.")


def _check(reason: str) -> None:
    if not settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS or not settings.FIKSREG_CHECKPOINT_FILE:
        raise CommandError("FIKSREG_CHECKPOINT_PUBLIC_KEYS and FIKSREG_CHECKPOINT_FILE must be set.")
    if not reason.strip():
        raise CommandError("Say who accepts it, and which backup was restored.")
    try:
        refuse_numbers(reason)
    except ValidationError:
        raise CommandError("The reason stands in the log: no national identity number in it.") from None
