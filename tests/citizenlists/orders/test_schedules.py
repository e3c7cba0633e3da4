"""Lists that are made by themselves: placed when they are due, once, in the right that the orderer has then."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models.functions import Now
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from citizenlists import tasks
from citizenlists.models import CitizenList, Every, Failure, Notice, Schedule, State
from citizenlists.orders import schedules
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.racing import all_at_once
from tests.citizenlists.register import Register
from tests.mailserver import MailServer, mail_server

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
ADDRESS = "saksbehandler@havbris.example"


@pytest.fixture(autouse=True)
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.FIKSREG_EMAIL_FROM = "fiksreg@havbris.example"
        yield server


def set_up(caseworker: Caseworker, order: CitizenList, **typed: str) -> Any:
    form = {"every": Every.MONTH.value, "told": ADDRESS} | typed
    return caseworker.client.post(f"/innbyggerlister/{order.pk}/tidsplan/", form)


def scheduled(caseworker: Caseworker) -> CitizenList:
    """An order whose schedule is due."""
    order = caseworker.order(born=(2015, 2016), purpose="Sak 26/17")
    assert set_up(caseworker, order).status_code == 302
    Schedule.objects.update(due_at=Now() - timedelta(seconds=1))
    return order


def others(order: CitizenList) -> list[CitizenList]:
    return list(CitizenList.objects.exclude(pk=order.pk))


def test_a_list_is_placed_when_it_is_due_and_the_schedule_moves_on(school: Caseworker, register: Register) -> None:
    order = scheduled(school)
    assert schedules.due() == [order.pk]
    tasks.run_schedule(str(order.pk))
    (placed,) = others(order)
    assert (placed.ordered_by, placed.role, placed.purpose) == (school.employee, school.role, "Sak 26/17")
    assert placed.elements == order.elements
    assert schedules.due() == []
    tasks.build(str(placed.pk))
    assert CitizenList.objects.get(pk=placed.pk).state == State.READY
    assert Notice.objects.get().order_id == placed.pk


def test_of_several_workers_at_once_one_places_it(school: Caseworker) -> None:
    order = scheduled(school)
    all_at_once([lambda: tasks.run_schedule(str(order.pk))] * 3)
    assert len(others(order)) == 1


def withdraw(school: Caseworker) -> None:
    school.withdraw_role()


def narrow(school: Caseworker) -> None:
    school.role.elements = ["navn"]
    school.role.save()


@pytest.mark.parametrize(("lose", "reason"), [(withdraw, Failure.RIGHT_WITHDRAWN), (narrow, Failure.ROLE_CHANGED)])
def test_with_the_right_gone_it_ends_and_says_so(
    school: Caseworker, server: MailServer, lose: Any, reason: Failure
) -> None:
    order = scheduled(school)
    lose(school)
    tasks.run_schedule(str(order.pk))
    assert others(order) == []
    assert Schedule.objects.get().ended == reason
    assert schedules.due() == []
    (mail,) = server.received
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "En fast liste er stoppet")
    assert "Sak 26/17" not in mail.as_string()
    (entry,) = AuditEntry.objects.filter(event="list:schedule:ended")
    assert entry.fields["details"]["reason"] == reason.value
    if lose is narrow:
        assert str(reason.label) in body(school.status(order.pk)).decode()


def test_what_was_set_up_is_on_the_page_and_can_be_stopped(school: Caseworker) -> None:
    order = scheduled(school)
    assert "Hver måned" in body(school.status(order.pk)).decode()
    for _ in range(2):
        assert school.client.post(f"/innbyggerlister/{order.pk}/tidsplan/stopp/").status_code == 302
    assert not Schedule.objects.exists()
    events = AuditEntry.objects.of_intent(order.intent_id).filter(event__startswith="list:schedule")
    assert [entry.event for entry in events.order_by("seq")] == ["list:schedule:made", "list:schedule:ended"]


def test_the_overview_has_the_schedules_of_the_roles_one_holds_and_of_no_other(
    school: Caseworker, office: Caseworker, neighbour: Caseworker
) -> None:
    order = scheduled(school)
    shown = [
        f"/innbyggerlister/{order.pk}/#schedule" in body(one.client.get("/innbyggerlister/")).decode()
        for one in (school, office, neighbour)
    ]
    assert shown == [True, False, False]


def test_nobody_schedules_an_order_they_may_not_see(school: Caseworker, neighbour: Caseworker) -> None:
    order = school.order()
    assert set_up(neighbour, order).status_code == 404
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("typed", [{"every": "day"}, {"told": "ikke en adresse"}])
def test_a_fault_is_said_at_its_field(school: Caseworker, typed: dict[str, str]) -> None:
    answer = set_up(school, school.order(), **typed)
    assert answer.status_code == 422
    assert 'data-field="validation"' in body(answer).decode()
    assert not Schedule.objects.exists()


def test_one_person_has_a_limited_number(school: Caseworker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "MOST_SCHEDULES", 1)
    first, second = school.order(), school.order()
    assert [set_up(school, order).status_code for order in (first, second, first)] == [302, 422, 302]


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(Every), st.integers(0, 2000))
def test_the_next_time_is_ahead_by_one_step_at_most_on_the_same_day_or_the_last_of_its_month(
    made: date, every: Every, days: int
) -> None:
    made_at = datetime.combine(made, time(15), OSLO)
    now = made_at + timedelta(days=days)
    at = schedules.next_time(made_at, every, now)
    assert now < at <= now + timedelta(days=32 if every is Every.MONTH else 367)
    assert (at.day, at.hour) == (made.day, 6) or (at.day < made.day and (at + timedelta(days=1)).day == 1)
