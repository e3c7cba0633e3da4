"""A form sent twice gives one order: at once, after a reload, by the Back button, or from another tab."""

import re
from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

import pytest

from citizenlists.content.criteria import ListCriteria
from citizenlists.models import CitizenList, Doorbell, State
from citizenlists.orders import outbox, placing
from citizenlists.orders.placing import Request
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body, caseworker
from tests.citizenlists.racing import all_at_once, paused, race

pytestmark = pytest.mark.django_db

ADDRESS = "/innbyggerlister/bestill/"
FORM = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "2015",
    "born_to": "2016",
    "elements": ["navn", "foedsel"],
    "purpose": "Sak 2026/17",
}


def form_id(page: str) -> str:
    """The id of the form on a page."""
    (found,) = re.findall(r'name="form_id" value="([^"]+)"', page)
    return str(found)


def opened(school: Caseworker) -> dict[str, str | list[str]]:
    """The form as somebody opened it and filled it in."""
    return {**FORM, "form_id": form_id(body(school.client.get(ADDRESS)).decode())}


def sent(school: Caseworker, form: dict[str, str | list[str]]) -> str:
    answer = school.client.post(ADDRESS, form)
    assert answer.status_code == 302
    return str(answer["Location"])


def request(purpose: str = "Sak 1", form: UUID | None = None, kommune: str = "1870") -> Request:
    return Request("fritt-utvalg", ListCriteria(kommune, 2015, 2016), ("navn",), purpose, form)


def ordering(who: Caseworker, what: Request) -> Callable[[], CitizenList]:
    return partial(placing.place_order, access=who.access(), by=who.employee, request=what)


def test_a_form_sent_twice_is_one_order_with_one_entry_and_one_doorbell(school: Caseworker) -> None:
    form = opened(school)
    assert sent(school, form) == sent(school, form)
    assert (CitizenList.objects.count(), Doorbell.objects.count()) == (1, 1)
    assert (
        AuditEntry.objects.of_organisation(school.role.organisation_id).filter(event="list:order:placed").count() == 1
    )


def test_a_form_sent_by_two_sessions_at_once_is_one_order(school: Caseworker, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordering(school, request(form=uuid4()))
    with paused(monkeypatch, outbox, "ring") as pause:
        first, second = race(pause, order, order)
    assert first.result().pk == second.result().pk
    assert CitizenList.objects.count() == 1


def test_of_many_equal_sendings_at_once_one_is_the_order(school: Caseworker) -> None:
    placed = all_at_once([ordering(school, request(form=uuid4()))] * 8)
    assert len({order.pk for order in placed}) == CitizenList.objects.count() == 1


def test_a_form_that_was_changed_before_it_was_sent_again_is_another_order(school: Caseworker) -> None:
    form = opened(school)
    changes: list[dict[str, str | list[str]]] = [
        {"born_from": "2014"},
        {"born_to": "2017"},
        {"elements": ["navn"]},
        {"purpose": "Sak 2026/18"},
        {"template": "tiendeklassinger"},
        {"sex": "kvinne"},
    ]
    assert len({sent(school, {**form, **change}) for change in [{}, *changes]}) == 7


def test_a_form_that_was_refused_keeps_its_id_until_it_is_an_order(school: Caseworker) -> None:
    form = opened(school)
    refused = body(school.client.post(ADDRESS, {**form, "born_from": "tolv"})).decode()
    assert form_id(refused) == form["form_id"]


def test_a_form_opened_anew_is_another_form(school: Caseworker) -> None:
    assert opened(school)["form_id"] != opened(school)["form_id"]
    assert sent(school, opened(school)) != sent(school, opened(school))


@pytest.mark.parametrize("state", [State.CANCELLED, State.FAILED, State.EXPIRED, State.DELETED])
def test_a_form_whose_order_ended_without_a_list_orders_anew_once(school: Caseworker, state: State) -> None:
    form = opened(school)
    first = sent(school, form)
    CitizenList.objects.update(state=state)
    again = sent(school, form)
    assert again != first
    assert sent(school, form) == again
    assert CitizenList.objects.count() == 2


def test_a_form_whose_list_is_ready_leads_to_that_list(school: Caseworker) -> None:
    form = opened(school)
    first = sent(school, form)
    CitizenList.objects.update(state=State.READY)
    assert sent(school, form) == first


def test_a_form_without_an_id_or_with_a_broken_one_is_ordered_all_the_same(school: Caseworker) -> None:
    for broken in ({}, {"form_id": ""}, {"form_id": "x"}, {"form_id": "\x00"}, {"form_id": "9" * 300}):
        sent(school, {**FORM, **broken})
    assert CitizenList.objects.count() == 5


def test_the_form_id_of_another_employee_tells_nothing_and_gives_no_order(
    school: Caseworker, neighbour: Caseworker
) -> None:
    form = uuid4()
    others = ordering(neighbour, request(form=form, kommune="4640"))()
    own = ordering(school, request(form=form))()
    assert own.pk != others.pk
    assert own.ordered_by == school.employee


def test_the_same_form_in_another_role_is_another_order(school: Caseworker) -> None:
    second = caseworker("Saksbehandler to", organisation=school.role.organisation, elements=["navn"])
    form = request(form=uuid4())
    one = placing.place_order(access=school.access(), by=school.employee, request=form)
    two = placing.place_order(access=second.access(), by=school.employee, request=form)
    assert one.pk != two.pk


def test_enter_orders_since_that_is_the_first_button_of_the_form(school: Caseworker) -> None:
    page = body(school.client.get(ADDRESS)).decode()
    form = page[page.index('id="order-form"') : page.index("</form>", page.index('id="order-form"'))]
    buttons = re.findall(r"<button[^>]*>\s*([^<]*?)\s*</button>", form)
    assert buttons == ["Bestill", "Se hva du får"]
