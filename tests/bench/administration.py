"""The administration of an installation as large as all kommuner together: the server's time for its pages."""

import os
import time
from statistics import median
from typing import TYPE_CHECKING, Final

from tests import services
from tests.reporting import report

if TYPE_CHECKING:
    from django.test import Client

_ROUNDS: Final = 3


def run() -> None:
    """Reports, for each kind of administrator, the median page and the slowest."""
    running = services.start(durable=True)
    os.environ.update(running.environment)
    try:
        _measure()
    finally:
        running.stop()


def _measure() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    from django.test import Client

    from tests.roles.largehouse import addresses, large_house

    house = large_house()
    paths = list(addresses(house))
    for kind, employee in house.administrators.items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(employee)
        spent = [took for path in paths if (took := _milliseconds(client, path)) is not None]
        for metric, value in (("median page", median(spent)), ("slowest page", max(spent))):
            name = f"{metric} of a {kind.name.lower()} administrator"
            report("bench", "administration", name, value=value, unit="ms", n=len(spent), ok=True)


def _milliseconds(client: "Client", path: str) -> float | None:
    """The best of some rounds, or None for a page this administrator does not have."""
    spent = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        if client.get(path).status_code != 200:
            return None
        spent.append((time.perf_counter() - begun) * 1000)
    return min(spent)
