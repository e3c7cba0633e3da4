"""How many unfinished lists one person may have."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from citizenlists.models import CitizenList, Failure, State
from citizenlists.orders import lifecycle
from roles.audit.models import AuditEntry
from roles.limits import LimitReached
from roles.models import Organisation
from tests.citizenlists.caseworkers import Caseworker

pytestmark = pytest.mark.django_db


def limit(caseworker: Caseworker, most: int) -> None:
    Organisation.objects.filter(pk=caseworker.role.organisation_id).update(open_orders=most)


def again(caseworker: Caseworker, order: CitizenList) -> int:
    return int(caseworker.client.post(f"/innbyggerlister/{order.pk}/lag-paa-nytt/").status_code)


def breaches() -> int:
    return AuditEntry.objects.filter(event="limit:person:reached").count()


def test_one_order_too_many_is_not_placed_and_the_log_is_told_once(school: Caseworker) -> None:
    limit(school, 2)
    placed = [school.order(), school.order()]
    for _ in range(3):
        with pytest.raises(LimitReached):
            school.order()
    assert set(CitizenList.objects.all()) == set(placed)
    assert breaches() == 1


@pytest.mark.parametrize("state", [State.READY, State.FAILED, State.CANCELLED, State.EXPIRED])
def test_a_list_that_has_ended_makes_room_for_the_next(school: Caseworker, state: State) -> None:
    limit(school, 1)
    ended = school.order()
    CitizenList.objects.filter(pk=ended.pk).update(state=state)
    assert school.order().state == State.ORDERED


def test_a_cancelled_order_makes_room(school: Caseworker) -> None:
    limit(school, 1)
    lifecycle.cancel_order(access=school.access(), order=school.order())
    school.order()


def test_lists_that_are_taken_up_again_are_no_more_than_one_may_have(school: Caseworker) -> None:
    limit(school, 2)
    failed = [school.order(), school.order()]
    CitizenList.objects.update(state=State.FAILED, failure=Failure.REGISTER_AWAY)
    waiting = school.order()
    assert [again(school, order) for order in failed] == [302, 429]
    assert again(school, failed[0]) == 302  # a second press takes no more room
    unfinished = CitizenList.objects.filter(state=State.ORDERED)
    assert set(unfinished) == {waiting, failed[0]}
    lifecycle.cancel_order(access=school.access(), order=waiting)
    assert again(school, failed[1]) == 302


def test_forty_equal_orders_sent_at_once_are_as_many_as_one_may_have(school: Caseworker) -> None:
    limit(school, 3)

    def order(_: int) -> bool:
        try:
            school.order()
        except LimitReached:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(10) as threads:
        placed = list(threads.map(order, range(40)))
    assert placed.count(True) == 3
    assert CitizenList.objects.count() == 3
    assert breaches() == 1


def test_the_other_organisation_orders_by_its_own_limit(school: Caseworker, neighbour: Caseworker) -> None:
    limit(school, 1)
    school.order()
    for _ in range(3):
        neighbour.order()
    with pytest.raises(LimitReached):
        school.order()


def test_the_page_says_so_and_keeps_what_was_typed(school: Caseworker) -> None:
    limit(school, 1)
    school.order()
    typed = {
        "template": "fritt-utvalg",
        "kommune": school.role.organisation.kommuner[0],
        "born_from": "2019",
        "born_to": "2020",
        "elements": ["navn"],
        "purpose": "Sak 26/77",
    }
    response = school.client.post("/innbyggerlister/bestill/", typed)
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    page = response.content.decode()
    assert "så mange uferdige lister som én person kan ha på en gang: 1" in page
    assert "når en av dem er ferdig eller avbrutt" in page
    assert 'value="Sak 26/77"' in page
    assert 'value="2019"' in page
    assert CitizenList.objects.count() == 1


def test_each_colleague_in_the_organisation_has_the_limit_for_themselves(
    school: Caseworker, office: Caseworker
) -> None:
    limit(school, 1)
    school.order()
    office.order(elements=["navn"])
    for caseworker in (school, office):
        with pytest.raises(LimitReached):
            caseworker.order(elements=["navn"])
