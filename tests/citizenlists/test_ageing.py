"""What a list that has aged says: what two files would tell, and nothing else."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http.response import HttpResponseBase

from citizenlists import tasks
from citizenlists.ageing import Changes, in_words
from citizenlists.models import CitizenList, State
from tests.citizenlists.caseworkers import Caseworker, body, table
from tests.citizenlists.register import Register
from tests.citizenlists.test_download import CHANGES, CHILDREN, NUMBER, outcomes, ready

pytestmark = pytest.mark.django_db

EVERYBODY = (1900, 2026)
NEXT_DOOR: dict[str, Any] = {
    "erGjeldende": True,
    "adressegradering": "ugradert",
    "vegadresse": {
        "kommunenummer": "1870",
        "adressenavn": "Nabogata",
        "adressenummer": {"husnummer": "3"},
        "poststed": {"postnummer": "8400", "poststedsnavn": "SORTLAND"},
    },
}
ELEMENTS = ("identifikasjonsnummer", "navn", "status", "bostedsadresse")
_SAID = re.compile(r"Siden listen ble laget: ([^.]*)\.")
_ANY_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|name=\"csrfmiddlewaretoken\" value=\"\w+\"|left=\"\d+\"")


PROTECTED = {"adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "fortrolig"}]}


def said(answer: HttpResponseBase) -> str:
    assert answer.status_code == 409
    found = _SAID.search(body(answer).decode())
    return found[1] if found else ""


def numbers(caseworker: Caseworker, order: CitizenList) -> set[str]:
    return {str(row[NUMBER]) for row in table(body(caseworker.download(order.pk)))}


def die(register: Register, number: str) -> None:
    register.change(number, **CHANGES["died"])


def leave(register: Register, number: str) -> None:
    register.change(number, **CHANGES["moved to another kommune"])


def be_protected(register: Register, number: str) -> None:
    register.protect(number)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([die], "1 død"),
        ([die, die, die, leave], "3 døde, 1 ikke lenger med"),
        ([leave, leave], "2 ikke lenger med"),
        ([be_protected], "1 ikke lenger med"),
    ],
)
@pytest.mark.parametrize("who", ["school", "office"])
def test_those_who_are_gone_are_counted_and_the_list_is_made_anew_without_them(
    request: pytest.FixtureRequest,
    register: Register,
    who: str,
    acts: list[Callable[[Register, str], None]],
    expected: str,
) -> None:
    caseworker: Caseworker = request.getfixturevalue(who)
    order = ready(caseworker, elements=ELEMENTS)
    before = numbers(caseworker, order)
    alone = [number for number in sorted(before) if number not in _relatives(register)]
    for act, number in zip(acts, alone, strict=False):
        act(register, number)
    counted = said(caseworker.download(order.pk))
    tasks.build(str(order.pk))
    assert counted == expected
    assert _total(counted) == len(before - numbers(caseworker, order)) == len(acts)


def test_a_person_who_is_protected_now_is_told_of_as_one_who_has_left_to_who_may_not_know(
    office: Caseworker, register: Register
) -> None:
    pages = []
    for act in (leave, be_protected):
        order = ready(office, elements=ELEMENTS)
        act(register, sorted(numbers(office, order))[0])
        pages.append(_ANY_ID.sub("", body(office.download(order.pk)).decode()))
        register.restore_all()
    assert pages[0] == pages[1]


def test_the_household_of_a_person_who_is_protected_now_counts_as_the_files_tell(
    office: Caseworker, register: Register
) -> None:
    mother = register.number_of("vanlig-familie")
    order = ready(office, elements=ELEMENTS, born=EVERYBODY)
    before = numbers(office, order)
    register.protect(mother)
    counted = said(office.download(order.pk))
    tasks.build(str(order.pk))
    gone = before - numbers(office, order)
    assert mother in gone
    assert register.number_of("skolestarter") in gone
    assert _total(counted) == len(gone)


def test_nothing_is_told_of_who_is_not_on_the_file(office: Caseworker, register: Register) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    order = ready(office, elements=ELEMENTS, born=EVERYBODY)
    assert child not in numbers(office, order)
    register.change(child, **CHANGES["died"])
    assert office.download(order.pk).status_code == 200


def test_a_list_with_somebody_who_moved_within_the_kommune_says_so_and_can_be_had_all_the_same(
    school: Caseworker, register: Register
) -> None:
    order = ready(school, elements=ELEMENTS)
    register.change(sorted(numbers(school, order))[0], bostedsadresse=[NEXT_DOOR])
    aged = school.download(order.pk)
    assert said(aged) == "1 flyttet"
    assert f"/innbyggerlister/{order.pk}/gjenta/" in body(aged).decode()
    assert outcomes(order, "list:file:downloaded") == ["delivered"]
    all_the_same = school.client.get(f"/innbyggerlister/{order.pk}/last-ned/?likevel")
    assert len(table(body(all_the_same))) == order.rows
    assert CitizenList.objects.get(pk=order.pk).state == State.READY


@pytest.fixture(params=[1000, 5], ids=["in one lookup", "in several lookups"])
def of_so_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", request.param)


@pytest.mark.usefixtures("of_so_many")
@pytest.mark.parametrize(("who", "expected"), [("office", "1 ikke lenger med"), ("school", "")])
def test_who_moved_in_with_somebody_already_protected_counts_as_a_new_list_has_them(
    request: pytest.FixtureRequest, register: Register, who: str, expected: str
) -> None:
    caseworker: Caseworker = request.getfixturevalue(who)
    alone = [one for one in register.unprotected("1870", CHILDREN) if one not in _relatives(register)]
    mover, protected = alone[0], alone[-1]
    home = {**NEXT_DOOR, "vegadresse": {**NEXT_DOOR["vegadresse"], "adressenavn": "Vernet gate"}}
    register.change(protected, **PROTECTED, bostedsadresse=[{**home, "adressegradering": "fortrolig"}])
    order = ready(caseworker, elements=ELEMENTS)
    before = numbers(caseworker, order)
    register.change(mover, bostedsadresse=[home])
    answer = caseworker.download(order.pk)
    assert (said(answer) if expected else answer.status_code) == (expected or 200)
    tasks.build(str(order.pk))
    assert before - numbers(caseworker, order) == ({mover} if expected else set())


def test_a_list_without_addresses_does_not_tell_who_moved(school: Caseworker, register: Register) -> None:
    order = ready(school, elements=("identifikasjonsnummer", "navn"))
    register.change(sorted(numbers(school, order))[0], bostedsadresse=[NEXT_DOOR])
    assert school.download(order.pk).status_code == 200


def test_an_address_that_begins_anew_with_the_same_words_is_no_move(school: Caseworker, register: Register) -> None:
    order = ready(school, elements=ELEMENTS)
    someone = sorted(numbers(school, order))[0]
    document: dict[str, Any] = next(
        person
        for person in register.everybody()
        if any(one.get("foedselsEllerDNummer") == someone for one in person.get("identifikasjonsnummer", []))
    )
    address = [{**entry, "gyldighetstidspunkt": "2026-11-30T00:00:00"} for entry in document["bostedsadresse"]]
    register.change(someone, bostedsadresse=address)
    assert school.download(order.pk).status_code == 200


def test_the_figures_in_words() -> None:
    assert in_words(Changes()) == ""
    assert in_words(Changes(dead=1, gone=2, moved=3)) == (
        "Siden listen ble laget: 1 død, 2 ikke lenger med, 3 flyttet."
    )


def _total(counted: str) -> int:
    return sum(map(int, re.findall(r"\d+", counted)))


def _relatives(register: Register) -> set[str]:
    """Test persons, whose households are on the list too."""
    return {register.number_of(case) for case in ("skolestarter", "vanlig-familie")}
