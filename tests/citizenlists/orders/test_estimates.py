"""About how many a list will have: from the same role's finished lists, rounded, or unknown."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from citizenlists.content.criteria import ListCriteria, Narrowing
from citizenlists.models import CitizenList, State
from citizenlists.orders.estimates import Counted, Estimate, estimate, estimate_from
from tests.citizenlists.caseworkers import OPEN, Caseworker, caseworker


def wanted(first: int, last: int, sex: str = "") -> ListCriteria:
    return ListCriteria("1870", first, last, Narrowing(sex=sex))


@pytest.mark.parametrize(
    ("lists", "asked", "found"),
    [
        ([], wanted(2015, 2016), None),
        ([Counted(2015, 2016, 123, {})], wanted(2015, 2016), Estimate(130, at_most=False)),
        ([Counted(2011, 2020, 1000, {})], wanted(2015, 2016), Estimate(200, at_most=False)),
        (
            [Counted(2011, 2020, 1000, {}), Counted(2015, 2015, 40, {})],
            wanted(2015, 2016),
            Estimate(140, at_most=False),
        ),
        ([Counted(2015, 2015, 40, {}), Counted(2016, 2016, 41, {})], wanted(2015, 2016), Estimate(90, at_most=False)),
        ([Counted(2015, 2015, 40, {})], wanted(2015, 2016), None),
        ([Counted(2015, 2015, 0, {})], wanted(2015, 2015), Estimate(10, at_most=False)),
        ([Counted(2015, 2015, 12345, {})], wanted(2015, 2015), Estimate(13000, at_most=False)),
        ([Counted(2015, 2015, 80, {})], wanted(2015, 2015, sex="kvinne"), Estimate(80, at_most=True)),
        ([Counted(2015, 2015, 80, {"sex": "mann"})], wanted(2015, 2015, sex="kvinne"), None),
        ([Counted(2015, 2015, 80, {"sex": "mann"})], wanted(2015, 2015), None),
        (
            [Counted(2015, 2015, 80, {}), Counted(2015, 2015, 38, {"sex": "mann"})],
            wanted(2015, 2015, sex="mann"),
            Estimate(40, at_most=False),
        ),
    ],
)
def test_each_year_is_counted_from_the_list_that_says_most_about_it(
    lists: list[Counted], asked: ListCriteria, found: Estimate | None
) -> None:
    assert estimate_from(lists, asked) == found


@given(st.integers(0, 10_000_000))
def test_an_estimate_is_never_too_low_and_never_exact_beyond_two_digits(rows: int) -> None:
    found = estimate_from([Counted(2015, 2015, rows, {})], wanted(2015, 2015))
    assert found is not None
    assert rows <= found.rows <= max(10, rows * 1.1 + 10)
    assert len(str(found.rows).rstrip("0")) <= 2


@pytest.mark.django_db
def test_only_finished_lists_of_the_same_role_and_kommune_are_counted_from(
    school: Caseworker, office: Caseworker, neighbour: Caseworker
) -> None:
    finished(office, 500)
    finished(neighbour, 700)
    assert of(school) is None
    unfinished = finished(school, 30, state=State.FAILED)
    assert of(school) is None
    CitizenList.objects.filter(pk=unfinished.pk).update(state=State.EXPIRED, ended_at=timezone.now() - timedelta(500))
    assert of(school) is None
    for state in (State.READY, State.EXPIRED, State.DELETED):
        CitizenList.objects.filter(pk=unfinished.pk).update(state=state, ended_at=timezone.now())
        assert of(school) == Estimate(30, at_most=False)
    assert of(school, kommune="1871") is None


@pytest.mark.django_db
def test_the_figure_of_how_many_the_register_named_tells_nothing(school: Caseworker) -> None:
    order = finished(school, 30)
    before = of(school)
    CitizenList.objects.filter(pk=order.pk).update(persons_found=9000, persons_done=9000)
    assert of(school) == before


@pytest.mark.django_db
def test_a_colleague_in_the_same_role_is_told_the_same_and_one_in_another_is_not(school: Caseworker) -> None:
    finished(school, 30)
    other = caseworker("Kollega", organisation=school.role.organisation, elements=OPEN)
    assert of(other) is None


def finished(by: Caseworker, rows: int, state: State = State.READY) -> CitizenList:
    order = by.order(elements=("navn",), born=(2015, 2016))
    CitizenList.objects.filter(pk=order.pk).update(state=state, rows=rows, kommune="1870", ended_at=timezone.now())
    return order


def of(by: Caseworker, kommune: str = "1870") -> Estimate | None:
    return estimate(by.access(), ListCriteria(kommune, 2015, 2016))
