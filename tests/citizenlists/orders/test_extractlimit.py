"""At most ten extracts of one organisation are under way; the other orders wait and say so."""

import pytest

from citizenlists import tasks
from citizenlists.models import CitizenList, State, Waiting
from citizenlists.orders import extractlimit, leases
from citizenlists.orders.extractlimit import MOST_EXTRACTS, ExtractsTaken, reserve_extract
from citizenlists.orders.leases import Claim
from roles.models import Organisation
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.racing import all_at_once
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def many_orders(school: Caseworker, neighbour: Caseworker) -> None:
    Organisation.objects.update(open_orders=50)


def claimed(order: CitizenList) -> Claim:
    claim = leases.claim(order.pk, owner="worker")
    assert claim is not None
    return claim


def under_way(caseworker: Caseworker, extracts: int) -> list[CitizenList]:
    orders = [caseworker.order() for _ in range(extracts)]
    for order in orders:
        reserve_extract(claimed(order))
    return orders


def test_the_eleventh_extract_of_an_organisation_waits_and_that_of_another_does_not(
    school: Caseworker, neighbour: Caseworker
) -> None:
    under_way(school, MOST_EXTRACTS)
    with pytest.raises(ExtractsTaken):
        reserve_extract(claimed(school.order()))
    reserve_extract(claimed(neighbour.order()))


@pytest.mark.parametrize("change", [{"extract_complete": True}, {"state": State.CANCELLED}])
def test_an_extract_that_is_complete_or_not_wanted_any_more_makes_room(
    school: Caseworker, change: dict[str, object]
) -> None:
    first, *_ = under_way(school, MOST_EXTRACTS)
    CitizenList.objects.filter(pk=first.pk).update(**change)
    reserve_extract(claimed(school.order()))


def test_a_reserved_extract_may_be_reserved_again(school: Caseworker) -> None:
    first, *_ = under_way(school, MOST_EXTRACTS)
    CitizenList.objects.filter(pk=first.pk).update(lease_until=None)
    reserve_extract(claimed(first))


@pytest.mark.django_db(transaction=True)
def test_orders_that_come_at_the_same_moment_do_not_pass_the_limit_together(
    school: Caseworker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractlimit, "MOST_EXTRACTS", 2)

    def reserved(claim: Claim) -> bool:
        try:
            reserve_extract(claim)
        except ExtractsTaken:
            return False
        return True

    claims = [claimed(school.order()) for _ in range(5)]
    assert sum(all_at_once([lambda claim=claim: reserved(claim) for claim in claims])) == 2


def test_the_order_waits_without_costing_an_attempt_and_its_page_says_what_for(
    school: Caseworker, register: Register
) -> None:
    first, *_ = under_way(school, MOST_EXTRACTS)
    order = school.order(born=(2015, 2016))
    tasks.build(str(order.pk))
    waiting = CitizenList.objects.get(pk=order.pk)
    assert (waiting.state, waiting.attempt, waiting.waits_for) == (State.BUILDING, 0, Waiting.EXTRACTS)
    assert str(Waiting.EXTRACTS.label) in body(school.status(order.pk)).decode()
    assert not register.asked("extract")
    CitizenList.objects.filter(pk=first.pk).update(extract_complete=True)
    tasks.build(str(order.pk))
    done = CitizenList.objects.get(pk=order.pk)
    assert (done.state, done.waits_for) == (State.READY, "")
