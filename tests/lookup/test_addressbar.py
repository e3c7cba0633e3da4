"""With htmx the answer to a search is the page itself, and its address works as if the browser had been sent there."""

from typing import Final

import pytest
from django.http import HttpResponse
from django.utils import timezone

from lookup.models import PersonReference
from roles.access.sessionstore import name_of
from roles.audit.models import AuditEntry
from roles.models import LoginSession, RoleAssignment
from tests.lookup.log import Log
from tests.lookup.pages import elements_of, text_of
from tests.lookup.people import NOBODY, Caseworker
from tests.lookup.register import Register
from tests.statements import statements_sent

BY_HTMX: Final = {"HX-Request": "true"}
#: The statements of one lookup, in order: six, and the two that append to the log.
ONE_LOOKUP: Final = {
    "session and employee": "FROM django_session session LEFT JOIN",
    "who may what": "roles_held(",
    "reference": 'INSERT INTO "lookup_personreference"',
    "asked": "audit_append(",
    "session is still open": "SELECT session_data FROM django_session",
    "who may what now": "roles_held(",
    "who of the family is shown": "audit_append(",
    "answered": "audit_append(",
    "what stands on every page": "roles_administratorship",
}


def search(who: Caseworker, **typed: str) -> HttpResponse:
    """The answer to the form as htmx sends it."""
    return who.client.post("/oppslag/", typed, headers=BY_HTMX)


def address_of(answer: HttpResponse) -> str:
    return answer.headers["HX-Push-Url"]


def shown(page: HttpResponse) -> dict[str, tuple[str, str]]:
    return {key: (element.state, element.text) for key, element in elements_of(page).items()}


def test_the_answer_is_the_page_and_its_address_says_nothing(narrow: Caseworker, register: Register) -> None:
    number = register.number_of("vanlig-familie")
    answer = search(narrow, number=number)
    assert answer.status_code == 200
    assert number in elements_of(answer)["identifikasjonsnummer"].text
    assert address_of(answer).startswith("/oppslag/person/")
    assert number not in address_of(answer)


def test_reloaded_it_shows_the_same_and_asks_again(narrow: Caseworker, register: Register) -> None:
    answer = search(narrow, number=register.number_of("vanlig-familie"))
    asked = len(register.asked())
    again = narrow.client.get(address_of(answer))
    assert shown(again) == shown(answer)
    assert len(register.asked()) == 2 * asked


def test_two_tabs_hold_a_person_each(narrow: Caseworker, register: Register) -> None:
    mother, child = register.number_of("vanlig-familie"), register.number_of("barn")
    tabs = {number: address_of(search(narrow, number=number)) for number in (mother, child)}
    assert len(set(tabs.values())) == 2
    for number, address in tabs.items():
        assert number in elements_of(narrow.client.get(address))["identifikasjonsnummer"].text


def test_the_address_is_out_of_time_as_any_other(narrow: Caseworker, register: Register) -> None:
    address = address_of(search(narrow, number=register.number_of("vanlig-familie")))
    PersonReference.objects.update(expires_at=timezone.now())
    assert narrow.client.get(address).status_code == 410


@pytest.mark.parametrize("who", ["wide", "neighbour"])
def test_it_leads_nobody_else_anywhere(
    narrow: Caseworker, register: Register, request: pytest.FixtureRequest, who: str
) -> None:
    address = address_of(search(narrow, number=register.number_of("vanlig-familie")))
    other: Caseworker = request.getfixturevalue(who)
    assert other.client.get(address).status_code == 404


def test_the_log_says_the_same_in_the_same_order_either_way(narrow: Caseworker, register: Register) -> None:
    number = register.number_of("vanlig-familie")
    search(narrow, number=number)
    at_once = _logged()
    narrow.look_up(number)
    assert at_once == ["lookup:person:asked", "lookup:person:answered"]
    assert _logged() == at_once * 2
    intents = [entry.fields["intent"] for entry in AuditEntry.objects.order_by("recorded_us", "seq")]
    assert intents == [intents[0]] * 2 + [intents[2]] * 2
    assert intents[0] != intents[2]


def _logged() -> list[str]:
    return list(AuditEntry.objects.order_by("recorded_us", "seq").values_list("event", flat=True))


def test_a_register_that_fails_leaves_an_address_to_try_again_at(
    narrow: Caseworker, register: Register, log: Log
) -> None:
    with register.failing("500"):
        answer = search(narrow, number=register.number_of("vanlig-familie"))
    assert answer.status_code == 503
    assert "data-element" not in text_of(answer)
    assert elements_of(narrow.client.get(address_of(answer)))["navn"].state == "value"
    assert log.outcomes("lookup:person:answered") == ["failed", "delivered"]


def test_nobody_by_the_number_is_said_at_an_address_too(narrow: Caseworker, register: Register) -> None:
    answer = search(narrow, number=NOBODY)
    assert "Ingen treff" in text_of(answer)
    assert "Ingen treff" in text_of(narrow.client.get(address_of(answer)))


def test_hits_are_the_answer_to_a_search_by_name(wide: Caseworker, register: Register) -> None:
    answer = search(wide, name="Ingen Slik", birth_date="05.03.2018")
    assert "Ingen treff" in text_of(answer)
    assert address_of(answer).startswith("/oppslag/treff/")
    assert text_of(wide.client.get(address_of(answer))).count("Ingen treff") == text_of(answer).count("Ingen treff")


def test_a_form_with_errors_has_no_address_and_asks_nobody(narrow: Caseworker, register: Register) -> None:
    answer = search(narrow, number="123")
    assert 'id="id_number_error"' in text_of(answer)
    assert "HX-Push-Url" not in answer.headers
    assert register.asked() == []


def test_whoever_lost_the_role_is_told_so_and_the_register_is_not_asked(narrow: Caseworker, register: Register) -> None:
    search(narrow, number=NOBODY)
    register.forget()
    RoleAssignment.objects.update(valid_to=timezone.now())
    answer = search(narrow, number=register.number_of("vanlig-familie"))
    assert answer.status_code == 403
    assert "HX-Push-Url" not in answer.headers
    assert register.asked() == []


def test_without_htmx_the_browser_is_sent_to_the_address(narrow: Caseworker, register: Register) -> None:
    answer = narrow.search(number=register.number_of("vanlig-familie"))
    assert answer.status_code == 302
    assert "HX-Push-Url" not in answer.headers
    assert register.asked() == []


def test_a_lookup_is_six_statements_beside_the_three_that_log_it(wide: Caseworker, register: Register) -> None:
    through_the_provider(wide)
    number = register.number_of("vanlig-familie")
    search(wide, number=number)  # the role is chosen, and the session remembers it
    with statements_sent() as sent:
        assert search(wide, number=number).status_code == 200
    expected = ONE_LOOKUP.items()
    assert len(sent) == len(expected), sent
    assert [name for (name, text), statement in zip(expected, sent, strict=True) if text not in statement] == []


def through_the_provider(who: Caseworker) -> None:
    """Marks the session as one that was opened by a login at the identity provider."""
    key = str(who.client.session.session_key)
    LoginSession.objects.create(session_key=name_of(key), employee=who.employee, provider_subject="subject")
