"""The charts on a list's page."""

import re

import pytest

from citizenlists import tasks
from citizenlists.models import CitizenList
from citizenlists.orders import lifecycle
from integrations.folkeregisteret.elements import ELEMENTS
from roles.policy.addressprotection import PROTECTION_ELEMENT
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

EVERYBODY = (1900, 2026)


def built(caseworker: Caseworker, *elements: str) -> CitizenList:
    order = caseworker.order(elements=elements, born=EVERYBODY)
    tasks.build(str(order.pk))
    order.refresh_from_db()
    return order


def page(caseworker: Caseworker, order: CitizenList) -> str:
    return body(caseworker.status(order.pk)).decode()


def test_a_finished_list_has_charts_with_their_numbers_as_tables(school: Caseworker, register: Register) -> None:
    order = built(school, "foedsel", "kjoenn", "bostedsadresse")
    shown = page(school, order)
    assert re.findall(r'<h2 id="chart-(\w+)-heading">', shown) == ["ages", "codes"]
    assert shown.count('role="img"') == 2
    for said in ("<desc", "<caption", "Kvinner", "Menn", "Tallene som tabell", "90 og eldre"):
        assert said in shown
    counts = [count for _name, group in order.figures["ages"]["groups"] for count in group]
    assert 0 < sum(filter(None, counts)) <= order.rows


def test_the_charts_are_only_of_what_the_list_shows(school: Caseworker, register: Register) -> None:
    assert 'class="panel chart"' not in page(school, built(school, "navn"))
    only_age = page(school, built(school, "foedsel"))
    assert 'id="chart-ages-heading"' in only_age
    assert "Kvinner" not in only_age
    assert 'id="chart-codes-heading"' not in only_age


def test_the_figures_are_gone_when_the_list_is(school: Caseworker, register: Register) -> None:
    order = built(school, "foedsel")
    assert order.figures["ages"]["groups"]
    lifecycle.withdraw_file(order=order)
    order.refresh_from_db()
    assert order.figures == {}
    again = built(school, "foedsel")
    lifecycle.delete_list(access=school.access(), order=again)
    again.refresh_from_db()
    assert again.figures == {}
    assert 'class="panel chart"' not in page(school, again)


@pytest.mark.parametrize("lost", ["kjoenn", PROTECTION_ELEMENT])
def test_a_role_that_no_longer_covers_the_list_sees_no_charts_of_it(
    school: Caseworker, register: Register, lost: str
) -> None:
    order = built(school, "foedsel", "kjoenn")
    assert 'class="panel chart"' in page(school, order)
    school.role.elements = sorted(set(ELEMENTS) - {lost})
    school.role.save()
    assert 'class="panel chart"' not in page(school, order)


def test_the_charts_of_another_organisations_list_are_not_to_be_seen(
    school: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    assert neighbour.status(built(school, "foedsel").pk).status_code == 404
