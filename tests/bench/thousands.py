"""A role given to thousands, and deleted, while somebody of the same organisation looks up: how long that one waits."""

import subprocess
import sys
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
        longest, n = _longest_wait_beside(house.role.organisation_id, act)
        what = f"a lookup's wait for the log, a role {name} {_MANY:,}"
        held = longest <= _BAR_MS
        report("bench", "administration", what, value=longest, unit="ms", bar=_BAR_MS, n=n, ok=held)


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


def _longest_wait_beside(organisation_id: UUID, act: Callable[[], object]) -> tuple[float, int]:
    """Milliseconds, of appends one after another while the act lasts; and how many there were."""
    command = [sys.executable, "-m", "tests.bench.appending", str(organisation_id)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as lookups:
        if lookups.stdin is None or lookups.stdout is None:
            raise OSError("no pipe to the appending process")
        lookups.stdout.readline()
        act()
        lookups.stdin.close()
        longest, n = lookups.stdout.readline().split()
    return float(longest), int(n)
