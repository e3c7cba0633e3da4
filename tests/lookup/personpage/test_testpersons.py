"""Every named person of the simulated register, in roles of five service areas of the catalogue."""

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone

from integrations.folkeregisteret.elements import ELEMENTS
from roles.models import LegalBasis, Organisation, ServiceArea
from roles.policy.fieldpolicy import opened_by
from tests.lookup.pages import elements_of, text_of
from tests.lookup.people import Caseworker, caseworker
from tests.lookup.personpage.reading import Reading
from tests.lookup.register import Register

AREAS = ("BARNEVERN", "HELSE", "OPPVEKST", "SOSIAL", "TEKNISK")
STATES = {"value", "empty", "not-in-role", "protected", "told"}


def in_area(code: str, organisation: Organisation) -> Caseworker:
    """Somebody in a role with all that the catalogue opens in this service area today."""
    area, today = ServiceArea.objects.get(code=code), timezone.localdate()
    opened = {basis: opened_by(basis, area, today) for basis in LegalBasis.objects.with_area_codes()}
    return caseworker(
        f"Saksbehandler {code}",
        organisation=organisation,
        elements=frozenset().union(*opened.values()),
        area=area,
        bases=[basis for basis, keys in opened.items() if keys],
    )


#: Of the history: when it held, and what it was.
_PAST = re.compile(r"<li>\s*<p class=\"timeline__when\">(.*?)</p>(.*?)</li>", re.DOTALL)
_ADDRESS = re.compile(r'<div class="person__address".*?</section>', re.DOTALL)
_LINE = re.compile(r'<span class="line">([^<]+)</span>')


def faults(page: str, name: str) -> list[object]:
    reading = Reading(page)
    return [(name, fault) for fault in (*reading.codes(), *reading.twice(), *past_faults(page))]


def past_faults(page: str) -> Iterator[str]:
    """What is past and does not say so and when; and a past address that stands where the present one does."""
    present = _LINE.findall("".join(_ADDRESS.findall(page)))
    for when, what in _PAST.findall(page):
        if not when.strip() or "Tidligere" not in what:
            yield f"not told to be past: {what}"
        elif present and "Bostedsadresse" in what and present[:2] == _LINE.findall(what)[:2]:
            yield f"past and present: {present}"
    if page.count('class="timeline__when"') != len(_PAST.findall(page)):
        yield "a line of the history without its place"


@pytest.mark.parametrize("code", AREAS)
def test_every_named_person_is_a_page_that_says_everything_once_and_in_words(
    code: str, catalogue: None, nordvaag: Organisation, register: Register
) -> None:
    holder, wrong = in_area(code, nordvaag), list[object]()
    for person in register.everybody_named():
        page = holder.look_up(person.number)
        assert page.status_code == 200, person.case
        shown = elements_of(page)
        assert shown.keys() == ELEMENTS.keys(), person.case
        assert {element.state for element in shown.values()} <= STATES
        wrong += faults(text_of(page), person.case)
    assert not wrong, "\n".join(map(str, wrong))
