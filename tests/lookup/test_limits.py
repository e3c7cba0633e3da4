"""The page for an employee who has reached a limit says so and keeps what was typed."""

import re

import pytest
from django.http import HttpResponse

from roles.models import Organisation, Role, RoleAssignment, Use
from tests.lookup.log import Log
from tests.lookup.pages import text_of
from tests.lookup.people import NOBODY, Caseworker
from tests.lookup.register import Register

OTHER = "16863448801"


def limit(organisation: Organisation, **limits: int) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(**limits)


def assert_kind(response: HttpResponse, *said: str) -> None:
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 86_400
    for text in said:
        assert text in text_of(response)
    assert re.search(r"fortsette (\d\d\.\d\d\. )?klokken \d\d:\d\d", text_of(response))
    assert "snakk med den som administrerer virksomheten din" in text_of(response)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["without JavaScript", "by htmx"])
def test_a_search_too_many_is_said_on_the_form_with_all_that_was_typed(
    trusted: Caseworker, nordvaag: Organisation, register: Register, headers: dict[str, str]
) -> None:
    limit(nordvaag, lookups_per_minute=2)
    for _ in range(2):
        trusted.look_up(NOBODY, purpose="2026/1")
    typed = {"number": OTHER, "purpose": "2026/1234", "reason": "Varsling etter loven"}
    response = trusted.client.post("/oppslag/", typed, headers=headers)
    assert_kind(response, "Du har søkt eller lastet ned 2 ganger på ett minutt")
    assert "HX-Push-Url" not in response.headers
    for value in typed.values():
        assert f'value="{value}"' in text_of(response)


def test_a_lookup_that_was_on_its_way_can_be_tried_again_from_its_page(
    narrow: Caseworker, nordvaag: Organisation, register: Register
) -> None:
    waiting = narrow.search(number=OTHER).headers["Location"]
    limit(nordvaag, misses_in_a_row=1)
    narrow.look_up(NOBODY)
    response = narrow.client.get(waiting)
    assert_kind(response, "fant ingen 1 ganger på rad", "Ingenting er hentet")
    assert f'href="{waiting}"' in text_of(response)
    limit(nordvaag, misses_in_a_row=50)
    assert narrow.client.get(waiting).status_code == 200


def test_neither_another_role_nor_a_name_instead_of_a_number_goes_round_it(
    narrow: Caseworker, nordvaag: Organisation, register: Register, log: Log
) -> None:
    limit(nordvaag, misses_in_a_row=2)
    narrow.look_up(NOBODY)
    other = Role.objects.create(
        organisation=nordvaag, name="En annen", service_area=narrow.role.service_area, uses=[Use.SEARCH]
    )
    other.legal_bases.set(narrow.role.legal_bases.all())
    RoleAssignment.objects.create(role=other, employee=narrow.employee)
    narrow.client.post("/rolle/", {"role": str(other.pk)})
    narrow.client.post("/oppslag/", {"name": "Ingen Slik", "birth_date": "05.03.2018"}, follow=True)
    assert narrow.search(number=NOBODY).status_code == 429
    assert narrow.search(name="Ingen Slik", birth_date="05.03.2018").status_code == 429
    assert [entry["details"]["limit"] for entry in log.entries("limit:person:reached")] == ["misses_in_a_row"]


def test_the_other_organisation_goes_on_by_its_own_limits(
    narrow: Caseworker, neighbour: Caseworker, nordvaag: Organisation, register: Register
) -> None:
    limit(nordvaag, lookups_per_day=1)
    narrow.look_up(NOBODY)
    assert narrow.search(number=NOBODY).status_code == 429
    for _ in range(3):
        assert neighbour.look_up(NOBODY).status_code == 200


def test_numbers_tried_one_after_the_other_end_after_ten(
    narrow: Caseworker, nordvaag: Organisation, register: Register
) -> None:
    limit(nordvaag, misses_in_a_row=10)
    answers = [narrow.look_up(NOBODY).status_code for _ in range(15)]
    assert answers == [200] * 10 + [429] * 5


@pytest.mark.parametrize("path", ["/", "/oppslag/", "/hjelp/", "/rolle/"])
def test_everything_else_stays_open(narrow: Caseworker, nordvaag: Organisation, register: Register, path: str) -> None:
    limit(nordvaag, lookups_per_minute=1)
    narrow.look_up(NOBODY)
    assert narrow.search(number=NOBODY).status_code == 429
    assert narrow.client.get(path).status_code == 200
