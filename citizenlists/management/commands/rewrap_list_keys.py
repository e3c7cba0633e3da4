"""manage.py rewrap_list_keys: after a change of master keys (docs/operations.md)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from citizenlists.orders.rewrapping import rewrap_all


class Command(BaseCommand):
    help = "Seals the data key and the search of every list with the current master key. Run twice it changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        result = rewrap_all()
        self.stdout.write(f"Sealed anew: {result.done}")
        if result.unopened:
            raise CommandError(f"{result.unopened} cannot be opened with any key of FIKSREG_MASTER_KEYS")
