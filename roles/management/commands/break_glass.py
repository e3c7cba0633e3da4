"""manage.py break_glass open --minutes 60 --reason "…", and manage.py break_glass close."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from roles.login import breakglass


class Command(BaseCommand):
    help = "Opens and closes the account that gets in while the identity provider is away (docs/operations.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        opening = actions.add_parser("open", help="open it, and print its password once")
        opening.add_argument("--minutes", type=int, default=60, help=f"60; at most {breakglass.MOST_MINUTES}")
        opening.add_argument("--reason", required=True, help="who opens it, and why: stands in the log")
        actions.add_parser("close", help="close it, and end its sessions at once")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["action"] == "open":
            self._open(options["minutes"], options["reason"])
        else:
            self.stdout.write("Closed." if breakglass.close_account() else "It was not open.")

    def _open(self, minutes: int, reason: str) -> None:
        try:
            password = breakglass.open_account(minutes=minutes, reason=reason)
        except breakglass.NotOpened as why:
            raise CommandError(str(why)) from None
        self.stdout.write(f"Open for {minutes} minutes: {settings.FIKSREG_BASE_URL}{reverse('break-glass')}")
        self.stdout.write(f"The password works once and is not shown again: {password}")
