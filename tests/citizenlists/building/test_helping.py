"""Several workers on one order: one coordinates and others help, and the list is the same as one worker makes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings

from citizenlists import storage, sweeper, tasks
from citizenlists.building import build, checkpoints, helping, pipeline
from citizenlists.models import CitizenList, Doorbell, Part, State
from citizenlists.orders import leases, lifecycle, parts
from citizenlists.orders.parts import LEASE
from roles import disclosure
from tests.citizenlists.building.test_build import CHILDREN, after_first_lookup, rows_of
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.laidout import laid_out, let_lapse
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db
HELP = "fiksreg:celery\x06\x169"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK_SIZE", 2)
    monkeypatch.setattr(build, "WAIT_FOR_HELPERS", 0.0)


def at_the_first_lookup(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Something happens when the one who coordinates has looked up the first part, and has the next ones."""
    after_first_lookup(monkeypatch, act)


def built(order: CitizenList) -> CitizenList:
    tasks.build(str(order.pk))
    return CitizenList.objects.get(pk=order.pk)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that chunks are stored in, from now on."""
    original, names = checkpoints.keep_chunk, list[str]()

    def keep_chunk(part: Any, vault: Any, chunk: Any) -> None:
        original(part, vault, chunk)
        names.append(part.file_name)

    monkeypatch.setattr(checkpoints, "keep_chunk", keep_chunk)
    return names


def test_with_a_helper_every_part_is_done_once_and_the_list_is_the_same(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = rows_of(school, built(school.order(born=CHILDREN)))
    order, helped = school.order(born=CHILDREN), list[int]()

    def help_out() -> None:
        before = Part.objects.count()
        tasks.help_out(str(order.pk))
        helped.append(before - Part.objects.count())

    stored = counted(monkeypatch)
    at_the_first_lookup(monkeypatch, help_out)
    finished = built(order)
    assert finished.state == State.READY
    assert rows_of(school, finished) == alone
    assert helped[0] > 0
    assert len(stored) == len(checkpoints.parts(finished)) > helped[0]


def test_a_part_whose_helper_died_is_done_by_the_one_who_coordinates(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = school.order(born=CHILDREN)

    def die() -> None:
        part = parts.take(order.pk, uuid4(), is_helper=True)
        assert part
        let_lapse(part)

    at_the_first_lookup(monkeypatch, die)
    finished = built(order)
    assert finished.state == State.READY
    assert sorted(str(row["Fødselsnummer eller d-nummer"]) for row in rows_of(school, finished)) == sorted(
        register.unprotected("1870", CHILDREN)
    )


def test_who_coordinates_waits_for_a_part_that_a_helper_has(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, held, waits = school.order(born=CHILDREN), list[parts.PartClaim](), list[bool]()

    def take_one() -> None:
        part = parts.take(order.pk, uuid4(), is_helper=True)
        assert part
        held.append(part)

    def the_helper_comes_back(_seconds: float) -> None:
        if held and Part.objects.filter(order=order).count() == 1:
            waits.append(CitizenList.objects.get(pk=order.pk).state == State.BUILDING)
            let_lapse(held[0])

    at_the_first_lookup(monkeypatch, take_one)
    monkeypatch.setattr("citizenlists.building.build.time.sleep", the_helper_comes_back)
    assert built(order).state == State.READY
    assert waits
    assert all(waits)


@pytest.mark.parametrize("ending", ["cancelled", "right withdrawn", "register away"])
def test_a_helper_that_may_not_or_cannot_go_on_gives_its_parts_back_and_ends_nothing(
    school: Caseworker, register: Register, ending: str
) -> None:
    order = school.order(born=CHILDREN)
    laid_out(order, parts=3)
    if ending == "cancelled":
        lifecycle.cancel_order(access=school.access(), order=CitizenList.objects.get(pk=order.pk))
    elif ending == "right withdrawn":
        school.withdraw_role()
    with register.failing("503" if ending == "register away" else "latency", operation="bulk"):
        tasks.help_out(str(order.pk))
    after = CitizenList.objects.get(pk=order.pk)
    assert after.state == (State.CANCELLED if ending == "cancelled" else State.BUILDING)
    assert not Part.objects.exclude(holder=None).exists()
    assert after.persons_done == 0


def test_a_helper_reads_the_right_before_every_lookup(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = school.order(born=CHILDREN)
    laid_out(order, parts=6)
    before, original = len(register.asked("bulk")), disclosure.disclose_many

    def withdrawn(*asked: Any, **how: Any) -> Any:
        school.withdraw_role()
        return original(*asked, **how)

    monkeypatch.setattr(disclosure, "disclose_many", withdrawn)
    tasks.help_out(str(order.pk))
    assert len(register.asked("bulk")) - before <= 3  # what was under way; and the gate delivered none of it
    assert CitizenList.objects.get(pk=order.pk).persons_done == 0


def test_a_helper_with_nothing_to_do_asks_nobody(school: Caseworker, register: Register) -> None:
    order = built(school.order(born=CHILDREN))
    before = len(register.asked())
    tasks.help_out(str(order.pk))
    assert len(register.asked()) == before
    assert CitizenList.objects.get(pk=order.pk).state == State.READY


def test_a_helper_goes_when_its_turn_is_over_and_when_another_order_waits(
    school: Caseworker, neighbour: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = school.order(born=CHILDREN)
    laid_out(order, parts=9)
    neighbour.order()
    tasks.help_out(str(order.pk))
    assert Part.objects.filter(order=order).count() == 8
    Doorbell.objects.all().delete()
    monkeypatch.setattr(helping, "TURN", -1.0)
    tasks.help_out(str(order.pk))
    assert Part.objects.filter(order=order).count() == 7


def test_helpers_are_called_to_orders_with_free_parts_and_only_while_no_order_waits(
    school: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    order = school.order(born=CHILDREN)
    laid_out(order, parts=3)
    other = neighbour.order()
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(HELP)
        assert sweeper.call_helpers() == 0
        leases.claim(other.pk, owner="another")
        assert sweeper.call_helpers() == 1
        messages = broker.lrange(HELP, 0, -1)
        broker.delete(HELP)
    (message,) = messages
    assert str(order.pk).encode() in message
    assert b"expires" in message


def test_the_file_of_a_part_under_way_survives_the_tidying_of_the_next_who_coordinates(
    school: Caseworker, register: Register
) -> None:
    order = school.order(born=CHILDREN)
    laid_out(order, parts=2)
    part = parts.take(order.pk, uuid4(), is_helper=True)
    assert part
    vault = storage.vault(order.pk, order.sealed_key)
    vault.write(part.file_name, b"stored, and its row is still to come")
    CitizenList.objects.filter(pk=order.pk).update(lease_until=None)
    claim = leases.claim(order.pk, owner="next")
    assert claim
    checkpoints.tidy(CitizenList.objects.get(pk=order.pk), up_to=claim.fence - 1)
    vault.check(part.file_name)


def test_a_part_bears_two_renewals_that_came_to_nothing() -> None:
    assert LEASE.total_seconds() > 2 * leases.RENEWAL_SECONDS
