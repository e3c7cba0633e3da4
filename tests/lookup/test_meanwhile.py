"""A right that is withdrawn while the register answers ends the lookup: the right is read again before anything is
shown."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from integrations.folkeregisteret.client import FolkeregisterClient
from roles.models import OnboardingStep, RoleAssignment
from tests.lookup.log import Log
from tests.lookup.pages import text_of
from tests.lookup.people import Caseworker
from tests.lookup.register import Register

PERSON = "lookup:person:answered"
Act = Callable[[Caseworker], None]


def withdraw(whose: Caseworker) -> None:
    for assignment in RoleAssignment.objects.filter(role=whose.role):
        assignment.valid_to = assignment.valid_from
        assignment.save()


def switch_off(whose: Caseworker) -> None:
    whose.role.is_active = False
    whose.role.save()


def narrow_role(whose: Caseworker) -> None:
    whose.role.elements = ["navn"]
    whose.role.save()


def end_basis(whose: Caseworker) -> None:
    whose.role.legal_bases.clear()


def take_out_of_use(whose: Caseworker) -> None:
    OnboardingStep.objects.filter(organisation=whose.role.organisation).delete()


def lock_out(whose: Caseworker) -> None:
    whose.employee.is_active = False
    whose.employee.save()


def log_out(_whose: Caseworker) -> None:
    Session.objects.all().delete()


GONE: dict[str, tuple[Act, str]] = {
    "withdrawn": (withdraw, "Rollen din er trukket tilbake"),
    "switched off": (switch_off, "Rollen din er trukket tilbake"),
    "narrowed": (narrow_role, "Rollen din er endret"),
    "basis ended": (end_basis, "Rollen din er endret"),
    "organisation out of use": (take_out_of_use, "ikke tatt Fiksreg i bruk"),
    "locked out": (lock_out, "Rollen din er trukket tilbake"),
    "logged out": (log_out, "Du er logget ut"),
}


def meanwhile(monkeypatch: pytest.MonkeyPatch, operation: str, act: Callable[[], None]) -> None:
    """Does `act` after the register has answered the operation and before we get the answer."""
    real = getattr(FolkeregisterClient, operation)

    @wraps(real)
    def answered(*args: Any, **how: Any) -> Any:
        answer = real(*args, **how)
        act()
        return answer

    monkeypatch.setattr(FolkeregisterClient, operation, answered)


@pytest.mark.parametrize(("act", "told"), GONE.values(), ids=GONE)
def test_a_person_is_not_shown_to_whoever_lost_the_right_meanwhile(
    *, narrow: Caseworker, register: Register, log: Log, monkeypatch: pytest.MonkeyPatch, act: Act, told: str
) -> None:
    meanwhile(monkeypatch, "person", lambda: act(narrow))
    page = narrow.look_up(register.number_of("vanlig-familie"))
    assert page.status_code == 403
    assert told in text_of(page)
    assert register.person("vanlig-familie").name.split()[-1].upper() not in text_of(page).upper()
    assert log.outcomes(PERSON) == ["denied"]


@pytest.mark.parametrize(("act", "told"), GONE.values(), ids=GONE)
@pytest.mark.parametrize("operation", ["search", "bulk"])
def test_nor_are_the_hits_of_a_search(
    *,
    narrow: Caseworker,
    register: Register,
    log: Log,
    monkeypatch: pytest.MonkeyPatch,
    act: Act,
    told: str,
    operation: str,
) -> None:
    meanwhile(monkeypatch, operation, lambda: act(narrow))
    page = narrow.client.post("/oppslag/", {"name": "ALVEHAV", "birth_date": "03.02.1931"}, follow=True)
    assert page.status_code == 403
    assert told in text_of(page)
    assert log.outcomes("lookup:search:answered") == ["denied"]


def test_a_session_out_of_time_shows_nothing(
    narrow: Caseworker, register: Register, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 11 * 3600
    meanwhile(monkeypatch, "person", lambda: monkeypatch.setattr("roles.access.permissions.time.time", lambda: later))
    page = narrow.look_up(register.number_of("vanlig-familie"))
    assert "Du er logget ut" in text_of(page)
    assert log.outcomes(PERSON) == ["denied"]


def test_nobody_is_not_told_either(
    narrow: Caseworker, register: Register, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, "person", lambda: withdraw(narrow))
    assert "Rollen din er trukket tilbake" in text_of(narrow.look_up("03851598730"))
    assert log.outcomes(PERSON) == ["denied"]


def test_a_confidential_address_stays_closed_when_the_right_to_open_it_is_gone(
    trusted: Caseworker, register: Register, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_the_right() -> None:
        trusted.role.confidential_addresses = False
        trusted.role.save()

    meanwhile(monkeypatch, "person", take_the_right)
    page = trusted.look_up(register.number_of("fortrolig"), purpose="Sak 1/26", reason="Akutt fare for barnet")
    assert "Rollen din er endret" in text_of(page)
    assert log.outcomes(PERSON) == ["denied"]


def test_what_is_taken_from_another_organisation_disturbs_nobody(
    narrow: Caseworker, neighbour: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, "person", lambda: withdraw(neighbour))
    assert narrow.look_up(register.number_of("vanlig-familie")).status_code == 200
