"""A session that ends, or a role that is withdrawn, while somebody is in the middle of something: said in words."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.faults.house import Caseworker, House, Typed

ORDER: dict[str, str | list[str]] = {
    "template": "fritt-utvalg",
    "kommune": "1870",
    "born_from": "1990",
    "born_to": "2020",
    "elements": ["navn"],
    "purpose": "Sak 2026/17",
}
EXPIRE = "UPDATE django_session SET expire_date = now() - interval '1 second'"
WITHDRAW = "UPDATE roles_roleassignment SET valid_to = now()"
GIVE_BACK = "UPDATE roles_roleassignment SET valid_to = NULL"
ORDERS = "SELECT count(*) FROM citizenlists_citizenlist"
SEARCH = "/oppslag/"


@pytest.fixture(autouse=True)
def roles_given_back(small_house: House) -> Iterator[None]:
    yield
    small_house.change(GIVE_BACK)


@pytest.fixture
def person(small_house: House, caseworker: Caseworker) -> str:
    """The address of a person's page, which has been open."""
    page = caseworker.search(number=small_house.number_of("barn"))
    assert caseworker.open(page).status_code == 200
    small_house.forget_calls()
    return page


@pytest.fixture
def order(caseworker: Caseworker) -> str:
    """The address of an order's page; no worker is there to build it."""
    return caseworker.order(**ORDER)


class Form(NamedTuple):
    """A form that stands open: its token, where it will be sent, what is typed."""

    token: str
    path: str
    typed: Typed


@pytest.fixture
def forms(small_house: House, caseworker: Caseworker, person: str, order: str) -> list[Form]:
    """Every form in the middle of the main job."""
    number, ordering = small_house.number_of("vanlig-familie"), "/innbyggerlister/bestill/"
    standing = [
        Form(caseworker.token_on(SEARCH), SEARCH, {"number": number}),
        Form(caseworker.token_on(SEARCH), SEARCH, {"name": "Glad Fisk", "birth_date": "05.03.2018"}),
        Form(caseworker.token_on(person), f"{person}relatert/", {"number": number}),
        Form(caseworker.token_on(ordering), ordering, ORDER),
        Form(caseworker.token_on(order), f"{order}avbryt/", {}),
    ]
    small_house.forget_calls()
    return standing


def test_a_form_sent_after_the_session_has_expired_does_nothing_and_says_so(
    small_house: House, caseworker: Caseworker, forms: list[Form]
) -> None:
    orders = small_house.count(ORDERS)
    small_house.change(EXPIRE)
    for form in forms:
        answer = caseworker.send_with(form.token, form.path, form.typed)
        assert answer.status_code == 403
        assert "Økten er utløpt" in answer.text
        assert "Det du skrev, er ikke sendt" in answer.text
        assert small_house.number_of("vanlig-familie") not in answer.text
    assert small_house.count(ORDERS) == orders
    assert small_house.asked_about_persons() == 0


def test_a_page_opened_after_the_session_has_expired_leads_to_login_and_shows_nothing(
    small_house: House, caseworker: Caseworker, person: str, order: str
) -> None:
    small_house.change(EXPIRE)
    for path in (person, order, f"{order}last-ned/"):
        answer = caseworker.open(path)
        assert str(answer.url).startswith(small_house.running.environment["OIDC_AUTHORIZATION_ENDPOINT"])
        assert path in str(answer.history[0].headers["Location"])
    assert small_house.asked_about_persons() == 0


def test_a_form_sent_after_the_role_was_withdrawn_does_nothing_and_says_so(
    small_house: House, caseworker: Caseworker, forms: list[Form]
) -> None:
    orders = small_house.count(ORDERS)
    small_house.change(WITHDRAW)
    for form in forms:
        answer = caseworker.send_with(form.token, form.path, form.typed)
        assert answer.status_code == 403
        assert "Rollen din er trukket tilbake" in answer.text
        assert "Rolleadministrator på rådhuset" in answer.text
    assert small_house.count(ORDERS) == orders
    assert small_house.asked_about_persons() == 0


def test_a_page_opened_after_the_role_was_withdrawn_shows_nothing_and_says_why(
    small_house: House, caseworker: Caseworker, person: str, order: str
) -> None:
    small_house.change(WITHDRAW)
    for path in (person, order, f"{order}last-ned/", SEARCH, "/innbyggerlister/"):
        answer = caseworker.open(path)
        assert answer.status_code == 403
        assert "Rollen din er trukket tilbake" in answer.text
        assert "data-element" not in answer.text
    assert small_house.asked_about_persons() == 0
