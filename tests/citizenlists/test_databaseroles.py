"""The worker and the clock do their work with their own database roles, which have few other rights."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.models.functions import Now
from django.utils import timezone

from citizenlists import tasks
from citizenlists.models import CitizenList, Every, Schedule, State
from citizenlists.orders import schedules
from citizenlists.orders.leases import MAX_ATTEMPTS
from fiksreg import clock
from fiksreg.embedded.databases import CLOCK, WORKER
from lookup.models import PersonReference
from roles.audit.checks import RUNTIME_ALIASES
from roles.login import breakglass
from roles.models import AccessReview, BreakGlassOpening, LoginSession, SpentLogoutToken
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.register import Register
from tests.roles.reviews.campaigns import opened_review
from tests.roles.tenants import tenant

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=2)


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """Every connection that is opened meanwhile is the role's: those of the pools, too."""
    before = {alias: connections.settings[alias]["OPTIONS"]["options"] for alias in RUNTIME_ALIASES}
    _open_anew({alias: f"{options} -c role={role}" for alias, options in before.items()})
    try:
        yield
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (role,)
    finally:
        _open_anew(before)


def _open_anew(options: Mapping[str, str]) -> None:
    for alias, said in options.items():
        connection = connections[alias]
        assert isinstance(connection, DatabaseWrapper)
        connection.close()
        connection.close_pool()
        connections.settings[alias]["OPTIONS"]["options"] = said


def test_a_worker_builds_a_list_as_its_own_role(school: Caseworker, register: Register) -> None:
    order = school.order(born=(2015, 2016))
    with acting_as(WORKER):
        tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.READY


def test_a_worker_starts_an_order_over_and_gives_one_up_as_its_own_role(school: Caseworker, register: Register) -> None:
    order = school.order(born=(2015, 2016))
    CitizenList.objects.update(extract_job=str(uuid.uuid4()), attempt=MAX_ATTEMPTS - 1)
    with acting_as(WORKER):
        tasks.build(str(order.pk))
    order.refresh_from_db()
    assert order.state == State.FAILED


def test_a_worker_runs_a_schedule_as_its_own_role(school: Caseworker, register: Register) -> None:
    order = school.order(born=(2015, 2016))
    schedules.make_schedule(order=order, access=school.access(), by=school.employee, every=Every.MONTH)
    Schedule.objects.update(due_at=Now() - LONG_AGO)
    with acting_as(WORKER):
        tasks.run_schedule(str(order.pk))
    assert CitizenList.objects.exclude(pk=order.pk).count() == 1


def test_the_clock_does_every_chore_as_its_own_role(school: Caseworker, register: Register) -> None:
    ready, silent = school.order(born=(2015, 2016)), school.order(born=(2015, 2016))
    tasks.build(str(ready.pk))
    CitizenList.objects.filter(pk=ready.pk).update(expires_at=Now() - LONG_AGO)
    CitizenList.objects.filter(pk=silent.pk).update(
        state=State.BUILDING, attempt=tasks.MAX_ATTEMPTS, lease_until=Now() - LONG_AGO
    )
    make_everything_due()
    with acting_as(CLOCK):
        for chore in [*clock.chores(), *clock.chores()]:
            chore.run()
    assert {one.state for one in CitizenList.objects.all()} == {State.EXPIRED, State.FAILED}
    left = (PersonReference, Session, LoginSession, SpentLogoutToken)
    assert [model.objects.count() for model in left] == [0, 0, 0, 0]
    assert BreakGlassOpening.objects.get().closed_at is not None
    assert AccessReview.objects.get().closed_at is not None


def make_everything_due() -> None:
    """A reference, a session, a logout token, a break-glass account and a review, each of two days ago."""
    past = timezone.now() - LONG_AGO
    breakglass.open_account(minutes=5, reason="Øvelse")
    BreakGlassOpening.objects.update(ends_at=past)
    Session.objects.all().delete()
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=past)
    SpentLogoutToken.objects.create(pk="spent")
    SpentLogoutToken.objects.update(spent_at=past)
    opened_review(tenant("Fjellro kommune"))
    AccessReview.objects.update(remind_at=past, deadline=past)
