"""The administration of an installation as large as all kommuner together: the server's time for its pages."""

import os
import time
from statistics import median
from typing import TYPE_CHECKING, Final

from tests import services
from tests.bench import thousands
from tests.reporting import report

if TYPE_CHECKING:
    from django.test import Client

_ROUNDS: Final = 3
#: Milliseconds that pages of an organisation of 15,000 may take; the others are told without a bar.
_BARS: Final = {"roleassignment rapport": 500.0, "group change": 150.0}


def run() -> None:
    """Reports every list and form, by whom it takes longest; and for each kind of administrator the median page."""
    running = services.start(durable=True)
    os.environ.update(running.environment | {"FIKSREG_LOG_LEVEL": "CRITICAL"})  # else each answer is a line between
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
    slowest: dict[str, float] = {}
    for kind, employee in house.administrators.items():
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(employee)
        spent = {path: took for path in addresses(house) if (took := _milliseconds(client, path)) is not None}
        name = f"median page of a {kind.name.lower()} administrator"
        report("bench", "administration", name, value=median(spent.values()), unit="ms", n=len(spent), ok=True)
        slowest |= {path: max(took, slowest.get(path, 0)) for path, took in spent.items()}
    for path, took in sorted(slowest.items(), key=lambda page: -page[1]):
        name = _name(path)
        held = took <= _BARS.get(name, took)
        report("bench", "administration", name, value=took, unit="ms", bar=_BARS.get(name), n=_ROUNDS, ok=held)
    thousands.run(house)


def _name(path: str) -> str:
    """The page without the id in its address."""
    return " ".join(part for part in path.split("/")[3:] if part.islower() and part.isalpha()) or path


def _milliseconds(client: "Client", path: str) -> float | None:
    """The best of some rounds, or None for a page this administrator does not have."""
    spent = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        if client.get(path).status_code != 200:
            return None
        spent.append((time.perf_counter() - begun) * 1000)
    return min(spent)
