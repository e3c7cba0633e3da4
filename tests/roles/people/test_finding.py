"""Finding employees by a text: a code or a whole name is certain, a part of a name never is."""

import pytest

from roles.models import Employee, Organisation
from roles.people.finding import MOST_HITS, find
from tests.roles.colleagues import colleagues, many_colleagues
from tests.roles.tenants import tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nord() -> Organisation:
    return tenant("Nord").organisation


def names(text: str, where: Organisation) -> list[str]:
    return [employee.display_name for employee in find(where.employees.all(), text).shown]


@pytest.mark.parametrize("written", ["{code}", " {code} ", "Kari Berg", "kari  BERG"])
def test_a_code_and_a_whole_name_are_certain(nord: Organisation, written: str) -> None:
    kari, _other = colleagues(nord, "Kari Berg", "Kari Berglund")
    assert find(nord.employees.all(), written.format(code=kari.code)).certain == kari


def test_a_part_of_a_name_is_never_certain_even_where_it_finds_one(nord: Organisation) -> None:
    (kari,) = colleagues(nord, "Kari Berg")
    found = find(nord.employees.all(), "Berg")
    assert (found.shown, found.certain) == ((kari,), None)


def test_a_name_that_two_have_is_certain_of_neither(nord: Organisation) -> None:
    both = colleagues(nord, "Kari Berg", "Kari Berg")
    found = find(nord.employees.all(), "Kari Berg")
    assert set(found.shown) == set(both)
    assert found.certain is None


def test_the_words_of_a_name_may_come_in_any_order_and_the_whole_name_comes_first(nord: Organisation) -> None:
    colleagues(nord, "Berg, Kari", "Anne Kari Berg", "Kari Berg", "Kari Nes")
    assert names("berg kari", nord) == ["Anne Kari Berg", "Berg, Kari", "Kari Berg"]
    assert names("Kari Berg", nord)[0] == "Kari Berg"


@pytest.mark.parametrize("written", ["", "   ", "%", "_", "\0", "deadbeef", "Kari\\"])
def test_a_text_that_fits_nobody_finds_nobody(nord: Organisation, written: str) -> None:
    colleagues(nord, "Kari Berg")
    assert names(written, nord) == []


def test_of_many_the_first_are_shown_and_the_others_told_of(nord: Organisation) -> None:
    many_colleagues(nord)
    found = find(nord.employees.all(), "Kollega")
    assert (len(found.shown), found.more) == (MOST_HITS, True)


def test_only_those_that_may_be_chosen_are_found(nord: Organisation) -> None:
    (stranger,) = colleagues(tenant("Sør").organisation, "Kari Berg")
    for written in ("Kari Berg", stranger.code):
        assert find(Employee.objects.filter(organisation=nord), written).shown == ()
