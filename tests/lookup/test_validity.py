"""The pages of a lookup are valid HTML, whoever they are about and whatever is said on them."""

import httpx
import pytest

from tests.lookup.people import NOBODY, Caseworker
from tests.validity import faults


def test_every_test_person(trusted: Caseworker, narrow: Caseworker, simulator: str) -> None:
    persons: list[dict[str, str]] = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    wrong = {}
    for person in persons:
        for reader in (trusted, narrow):
            page = reader.look_up(person["number"], purpose="2026/1234")
            assert page.status_code == 200
            wrong[person["case"], reader.employee.display_name] = faults(page.content.decode())
    assert {who: found for who, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "123"},
        {"text": "Sindig Sildestim 170118"},
        {"text": "Sildestim"},
        {"text": "Finnesikke Aldri"},
        {"text": "Sildestim <b>&", "born_from": "tolv"},
        {"number": NOBODY},
        {},
    ],
    ids=str,
)
def test_every_answer_to_a_search(trusted: Caseworker, typed: dict[str, str]) -> None:
    page = trusted.client.post("/oppslag/", {"purpose": "2026/1234", **typed}, follow=True)
    assert faults(page.content.decode()) == []


def test_the_reason_that_is_missing(trusted: Caseworker, simulator: str) -> None:
    persons: list[dict[str, str]] = httpx.get(f"{simulator}/testpersoner.json").raise_for_status().json()
    number = next(person["number"] for person in persons if person["case"] == "fortrolig")
    shown = trusted.look_up(number, purpose="2026/1234")
    page = trusted.client.post(f"{shown.redirect_chain[-1][0]}begrunnelse/", {"reason": ""})
    assert page.status_code == 422
    assert faults(page.content.decode()) == []
