"""A person of whom nothing can be read is left out and counted; the list is built all the same."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from citizenlists import tasks
from citizenlists.models import CitizenList, State
from integrations.spreadsheets.stream import ABOUT_SHEET
from tests.citizenlists.building.test_build import CHILDREN, NUMBER, rows_of
from tests.citizenlists.caseworkers import Caseworker, body
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db
SAID = "kunne ikke leses, og er ikke med"


def built(caseworker: Caseworker, register: Register, fault: str) -> CitizenList:
    order = caseworker.order(born=CHILDREN, elements=("identifikasjonsnummer", "navn"))
    with register.failing(fault, operation="bulk"):
        tasks.build(str(order.pk))
    return CitizenList.objects.get(pk=order.pk)


def about(caseworker: Caseworker, order: CitizenList, register: Register) -> dict[str, object]:
    with register.failing("one-unreadable", operation="bulk"):
        book = load_workbook(BytesIO(body(caseworker.download(order.pk))))
    return {str(label): text for label, text in book[ABOUT_SHEET].iter_rows(values_only=True)}  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["school", "office"])
def test_one_person_who_cannot_be_read_is_counted_and_not_named(
    request: pytest.FixtureRequest, register: Register, who: str
) -> None:
    caseworker: Caseworker = request.getfixturevalue(who)
    hidden, *_ = register.named("1870", CHILDREN)
    order = built(caseworker, register, "one-unreadable")
    assert (order.state, order.unread) == (State.READY, 1)
    page = body(caseworker.status(order.pk)).decode()
    assert f"1 person i Folkeregisteret {SAID}" in page
    said = about(caseworker, order, register)
    assert said["Kunne ikke leses"] == "1 person i Folkeregisteret. Personen er ikke med på listen."
    assert hidden not in str(said)
    assert hidden not in page


def test_a_list_whose_persons_can_all_be_read_says_nothing_of_it(school: Caseworker, register: Register) -> None:
    order = built(school, register, "latency")
    assert order.unread == 0
    assert SAID not in body(school.status(order.pk)).decode()
    assert "Kunne ikke leses" not in str(rows_of(school, order))


def test_a_protected_person_is_not_counted_whatever_else_of_them_cannot_be_read(
    school: Caseworker, register: Register
) -> None:
    protected = register.unprotected("1870", CHILDREN)[3]
    register.protect(protected)
    without = built(school, register, "latency")
    assert without.unread == 0
    assert protected not in {row[NUMBER] for row in rows_of(school, without)}


def test_the_person_is_on_the_list_again_when_it_is_made_anew_after_the_fault(
    school: Caseworker, register: Register
) -> None:
    order = built(school, register, "one-unreadable")
    first = register.named("1870", CHILDREN)[0]
    rows = rows_of(school, built(school, register, "latency"))
    assert order.rows == len(rows) - (first in {row[NUMBER] for row in rows})
