"""A large order lets go after its turn when another one waits, and goes on where it was."""

from collections.abc import Iterator

import pytest

from citizenlists import sweeper, tasks
from citizenlists.building import pipeline, turns
from citizenlists.models import CitizenList, State
from tests.citizenlists.building.test_build import CHILDREN, rows_of
from tests.citizenlists.caseworkers import Caseworker
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK_SIZE", 8)
    monkeypatch.setattr(turns.Turn.__init__, "__kwdefaults__", {"seconds": -1.0})


def turns_of(order: CitizenList) -> Iterator[CitizenList]:
    """The order after each turn, until it is finished."""
    while CitizenList.objects.get(pk=order.pk).state in (State.ORDERED, State.BUILDING):
        tasks.build(str(order.pk))
        yield CitizenList.objects.get(pk=order.pk)


def test_without_another_order_the_turn_goes_on_to_the_end(school: Caseworker, register: Register) -> None:
    assert [order.state for order in turns_of(school.order(born=CHILDREN))] == [State.READY]


def test_beside_another_order_every_turn_does_something_and_costs_no_attempt(
    school: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    alone = rows_of(school, next(turns_of(school.order(born=CHILDREN))))
    order = school.order(born=CHILDREN)
    neighbour.order()
    after = list(turns_of(order))
    assert len(after) > 3
    assert {one.attempt for one in after[:-1]} == {0}
    progress = [(one.persons_found, one.persons_done) for one in after]
    assert progress == sorted(progress)
    assert after[-1].state == State.READY
    assert rows_of(school, after[-1]) == alone


def test_who_let_go_is_called_again_at_once_and_comes_after_those_who_waited(
    school: Caseworker, neighbour: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, small = school.order(born=CHILDREN), neighbour.order()
    called: list[str] = []
    monkeypatch.setattr(sweeper, "_publish", lambda order_id: called.append(str(order_id)))
    tasks.build(str(large.pk))
    assert CitizenList.objects.get(pk=large.pk).lease_until is None
    sweeper.relay()
    assert called == [str(small.pk), str(large.pk)]
