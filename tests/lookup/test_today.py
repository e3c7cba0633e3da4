"""An employee's own lookups of today."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from lookup.today import NotOfToday, open_again, own_lookups
from roles.audit.models import AuditEntry
from roles.models import Organisation, RoleAssignment
from tests.lookup.log import Log
from tests.lookup.pages import elements_of, text_of
from tests.lookup.people import NOBODY, OPEN, Caseworker, caseworker
from tests.lookup.register import Register


def shown(who: Caseworker) -> HttpResponse:
    return who.client.get("/oppslag/i-dag/")


def places(page: HttpResponse) -> list[str]:
    return re.findall(r'name="seq"\s+value="(\d+)"', text_of(page))


def test_one_sees_ones_own_by_time_case_and_a_masked_number(narrow: Caseworker, register: Register) -> None:
    mother, child = register.number_of("vanlig-familie"), register.number_of("barn")
    narrow.look_up(mother, purpose="2026/1")
    narrow.look_up(child, purpose="2026/2")
    narrow.look_up(NOBODY)
    page = text_of(shown(narrow))
    assert page.index(f"{child[:6]} •••••") < page.index(f"{mother[:6]} •••••")
    assert page.index("<td>2026/2</td>") < page.index("<td>2026/1</td>")
    assert len(places(shown(narrow))) == 2
    assert mother not in page
    assert child not in page


def test_nobody_sees_or_opens_what_another_did(
    narrow: Caseworker, wide: Caseworker, neighbour: Caseworker, register: Register
) -> None:
    narrow.look_up(register.number_of("vanlig-familie"))
    (place,) = places(shown(narrow))
    for other in (wide, neighbour):
        assert places(shown(other)) == []
        assert other.client.post("/oppslag/i-dag/", {"seq": place}).status_code == 404


def test_what_was_done_in_one_role_is_nothing_to_another(
    narrow: Caseworker, wide: Caseworker, register: Register
) -> None:
    narrow.look_up(register.number_of("vanlig-familie"))
    (place,) = places(shown(narrow))
    RoleAssignment.objects.create(role=wide.role, employee=narrow.employee)
    narrow.client.post("/rolle/", {"role": str(wide.role.pk)})
    assert places(shown(narrow)) == []
    assert narrow.client.post("/oppslag/i-dag/", {"seq": place}).status_code == 404


def test_opening_one_is_a_new_lookup_for_the_same_purpose(narrow: Caseworker, register: Register, log: Log) -> None:
    number = register.number_of("vanlig-familie")
    narrow.look_up(number, purpose="2026/1")
    page = narrow.client.post("/oppslag/i-dag/", {"seq": places(shown(narrow))[0]}, follow=True)
    assert number in elements_of(page)["identifikasjonsnummer"].text
    first, second = log.entries("lookup:person:asked")
    assert first["purpose"] == second["purpose"] == "2026/1"
    assert first["intent"] != second["intent"]


def test_a_role_without_the_number_sees_none_of_it(nordvaag: Organisation, register: Register) -> None:
    number = register.number_of("vanlig-familie")
    who = caseworker("Uten nummer", organisation=nordvaag, elements=OPEN - {"identifikasjonsnummer"})
    who.look_up(number)
    assert number[:6] not in text_of(shown(who))
    assert len(places(shown(who))) == 1


def test_yesterdays_are_gone(narrow: Caseworker, register: Register) -> None:
    narrow.look_up(register.number_of("vanlig-familie"))
    (own,) = own_lookups(narrow.access(), timezone.now())
    tomorrow = timezone.now() + timedelta(days=1)
    assert own_lookups(narrow.access(), tomorrow) == []
    with pytest.raises(NotOfToday):
        open_again(access=narrow.access(), seq=own.seq, now=tomorrow)


@pytest.mark.parametrize("sent", [{}, {"seq": ""}, {"seq": "0"}, {"seq": "x"}, {"seq": "9" * 30}])
def test_what_is_no_lookup_leads_nowhere(narrow: Caseworker, sent: dict[str, str]) -> None:
    before = AuditEntry.objects.filter(event__startswith="lookup:person").count()
    assert narrow.client.post("/oppslag/i-dag/", sent).status_code == 404
    assert AuditEntry.objects.filter(event__startswith="lookup:person").count() == before
