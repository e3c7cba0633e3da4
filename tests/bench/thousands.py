"""A role given to thousands, and deleted, while somebody of the same organisation looks up: how long that one waits."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from tests.reporting import report

if TYPE_CHECKING:
    from tests.roles.largehouse import LargeHouse

_MANY: Final = 5_000
_BAR_MS: Final = 50.0


def run(house: "LargeHouse") -> None:
    """Reports the longest wait of both."""
    for name, act in _acts(house).items():
        waits = _waits_beside(house.role.organisation_id, act)
        what = f"a lookup's wait for the log, a role {name} {_MANY:,}"
        longest = max(waits)
        held = longest <= _BAR_MS
        report("bench", "administration", what, value=longest, unit="ms", bar=_BAR_MS, n=len(waits), ok=held)


def _acts(house: "LargeHouse") -> dict[str, Callable[[], object]]:
    from roles.granting.assignments import give_role_to
    from roles.granting.roles import create_role, delete_role
    from roles.models import AdministratorKind, Employee, ServiceArea

    by, organisation = house.administrators[AdministratorKind.ROLE], house.role.organisation
    area = ServiceArea.objects.get(code="BARNEHAGE")
    role = create_role(organisation=organisation, service_area=area, name="Til mange", by=by)
    many = [*Employee.objects.filter(organisation=organisation).exclude(pk=by.pk)[:_MANY]]
    return {
        "given to": lambda: give_role_to(role=role, receivers=many, by=by),
        "taken from": lambda: delete_role(role=role, by=by, reason="måling"),
    }


def _waits_beside(organisation_id: UUID, act: Callable[[], object]) -> list[float]:
    """Milliseconds of appends one after another while the act lasts."""
    ended = threading.Event()
    waits: list[float] = []

    def look_up() -> None:
        while not ended.is_set():
            waits.append(_appended(organisation_id))

    looking = threading.Thread(target=look_up)
    looking.start()
    try:
        act()
    finally:
        ended.set()
        looking.join()
    return waits


def _appended(organisation_id: UUID) -> float:
    from roles.actors import system
    from roles.audit import Entry, Event, append

    begun = time.perf_counter()
    entry = Entry(event=Event.REFERENCE_CHECKED, actor=system("clock"), organisation_id=organisation_id)
    append(entry, on="audit")
    return (time.perf_counter() - begun) * 1000
