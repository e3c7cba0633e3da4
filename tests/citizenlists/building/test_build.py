"""A list from order to file, through the gate, against the simulated register."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from citizenlists import tasks
from citizenlists.models import CitizenList, Failure, State
from citizenlists.orders import lifecycle
from integrations.spreadsheets.stream import ABOUT_SHEET
from roles import disclosure
from roles.access import Access
from roles.audit.models import AuditEntry
from tests.citizenlists.caseworkers import Caseworker, body, table
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

NUMBER = "Fødselsnummer eller d-nummer"
CHILDREN = (2010, 2016)
UNKNOWN_RESIDENCE = {
    "erGjeldende": True,
    "adressegradering": "ugradert",
    "ukjentBosted": {"bostedskommune": "1870"},
}
ELSEWHERE = {
    "erGjeldende": True,
    "adressegradering": "ugradert",
    "vegadresse": {
        "kommunenummer": "1870",
        "adressenavn": "Annengata",
        "adressenummer": {"husnummer": "77"},
        "poststed": {"postnummer": "8400", "poststedsnavn": "SORTLAND"},
    },
}


def built(order: CitizenList) -> CitizenList:
    tasks.build(str(order.pk))
    return CitizenList.objects.get(pk=order.pk)


def rows_of(caseworker: Caseworker, order: CitizenList) -> list[dict[str, object]]:
    return table(body(caseworker.download(order.pk)))


def test_the_list_has_everybody_who_meets_the_criteria_and_nobody_else(school: Caseworker, register: Register) -> None:
    order = built(school.order(born=CHILDREN))
    assert (order.state, order.failure) == (State.READY, "")
    rows = rows_of(school, order)
    assert sorted(str(row[NUMBER]) for row in rows) == sorted(register.unprotected("1870", CHILDREN))
    assert {day.year for row in rows if isinstance(day := row["Fødselsdato"], datetime)} <= set(range(2010, 2017))
    assert all(isinstance(row["Fødselsdato"], datetime) for row in rows)
    assert order.rows == len(rows) > 10


def test_the_file_has_exactly_the_columns_of_the_elements_that_were_ordered(
    school: Caseworker, register: Register
) -> None:
    order = built(school.order(elements=["navn", "bostedsadresse.kretser", "bostedsadresse"], born=CHILDREN))
    assert list(rows_of(school, order)[0]) == [
        *("Fornavn", "Mellomnavn", "Etternavn"),
        *("Adresse", "Postnummer", "Poststed", "Kommune"),
        *("Skolekrets", "Grunnkrets", "Stemmekrets", "Kirkekrets"),
    ]


def test_the_register_is_asked_for_the_parts_of_the_ordered_elements_alone(
    school: Caseworker, register: Register
) -> None:
    built(school.order(elements=["navn"], born=CHILDREN))
    assert {part for call in register.asked("bulk") for part in call["parts"]} == {
        "navn",
        "status",
        "adressebeskyttelse",
    }


def test_numbers_and_postal_codes_are_text_with_their_leading_zeros(school: Caseworker, register: Register) -> None:
    rows = rows_of(school, built(school.order(born=CHILDREN)))
    assert all(isinstance(row[NUMBER], str) and len(str(row[NUMBER])) == 11 for row in rows)
    codes = [row["Postnummer"] for row in rows if row["Postnummer"]]
    assert codes
    assert all(isinstance(code, str) and len(code) == 4 for code in codes)


def test_a_protected_person_is_left_out_and_the_household_shows_no_address(
    school: Caseworker, register: Register
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    rows = {row[NUMBER]: row for row in rows_of(school, built(school.order()))}
    assert mother not in rows
    assert (rows[child]["Adresse"], rows[child]["Postnummer"], rows[child]["Kommune"]) == (None, None, None)
    assert rows[child]["Etternavn"]


@pytest.mark.parametrize("elements", [("identifikasjonsnummer", "bostedsadresse"), ("identifikasjonsnummer", "navn")])
def test_a_role_that_may_not_see_gradings_lists_nobody_without_a_residence_to_show(
    office: Caseworker, school: Caseworker, register: Register, elements: tuple[str, ...]
) -> None:
    protected, unknown, client, ordinary = register.unprotected("1870", CHILDREN)[:4]
    register.protect(protected)
    register.change(unknown, bostedsadresse=[UNKNOWN_RESIDENCE])
    register.change(client, bostedsadresse=[{**ELSEWHERE, "adressegradering": "klientadresse"}])
    listed = {row[NUMBER] for row in rows_of(office, built(office.order(elements=elements, born=CHILDREN)))}
    assert listed & {protected, unknown, client, ordinary} == {ordinary}
    by_who_may_know = {row[NUMBER] for row in rows_of(school, built(school.order(elements=elements, born=CHILDREN)))}
    assert by_who_may_know & {protected, unknown, client, ordinary} == {unknown, client, ordinary}


@pytest.mark.parametrize("elements", [("identifikasjonsnummer", "bostedsadresse"), ("identifikasjonsnummer", "navn")])
@pytest.mark.parametrize("apart", [False, True])
def test_to_such_a_role_a_member_of_a_protected_household_stands_on_no_list_with_or_without_addresses(
    office: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch, elements: tuple[str, ...], apart: bool
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    born = register.birth_year(mother), register.birth_year(child)
    if apart:
        named = register.named("1870", born)
        monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", abs(named.index(child) - named.index(mother)))
    order = built(office.order(elements=elements, born=born))
    rows = rows_of(office, order)
    assert child not in {row[NUMBER] for row in rows}
    assert rows
    assert all(row.get("Adresse", "no such column") for row in rows)
    assert order.rows == len(rows)


@pytest.mark.parametrize("elements", [("identifikasjonsnummer", "bostedsadresse"), ("identifikasjonsnummer", "navn")])
def test_a_list_of_nobody_takes_the_same_questions_as_one_that_everybody_is_left_out_of(
    office: Caseworker, register: Register, elements: tuple[str, ...]
) -> None:
    register.protect(register.number_of("skolestarter"))
    everybody = {year: register.named("1870", (year, year)) for year in range(1900, 2027)}
    of_nobody = next(year for year, numbers in everybody.items() if not numbers)
    of_one = next(year for year, numbers in everybody.items() if len(numbers) == 1)
    register.protect(everybody[of_one][0])

    def shape(year: int) -> list[tuple[str, tuple[str, ...]]]:
        """What the register is asked for the list and for its download, without whom."""
        before = len(register.asked())
        order = built(office.order(elements=elements, born=(year, year)))
        assert rows_of(office, order) == []
        return [(call["operation"], tuple(sorted(call["parts"]))) for call in register.asked()[before:]]

    assert shape(of_nobody) == shape(of_one)


def test_a_protected_person_in_another_chunk_hides_the_shared_address_all_the_same(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    born = register.birth_year(mother), register.birth_year(child)
    named = register.named("1870", born)
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", abs(named.index(child) - named.index(mother)))
    rows = {row[NUMBER]: row for row in rows_of(school, built(school.order(born=born)))}
    assert mother not in rows
    assert rows[child]["Adresse"] is None


def test_the_second_sheet_says_whose_list_it_is_and_names_nobody_on_it(school: Caseworker, register: Register) -> None:
    order = built(school.order(born=CHILDREN, purpose="=Sak 2026/17"))
    book = load_workbook(BytesIO(body(school.download(order.pk))))
    about = book[ABOUT_SHEET]
    assert isinstance(about, Worksheet)
    told = {str(label): text for label, text in about.iter_rows(values_only=True)}
    assert told["Virksomhet"] == "Havbris kommune"
    assert told["Formål eller saksnummer"] == "=Sak 2026/17"
    assert told["Bestilt av"] == "Saksbehandler skole"


def test_nothing_on_disk_can_be_read_without_the_order(school: Caseworker, register: Register, files: Path) -> None:
    order = built(school.order(born=CHILDREN))
    name = str(rows_of(school, order)[0]["Etternavn"]).encode()
    kept = [path for path in files.rglob("*") if path.is_file()]
    assert len(kept) > 2
    assert not any(name in path.read_bytes() for path in kept)
    assert {part for path in kept for part in path.relative_to(files).parts} & {str(order.pk)}


def test_the_log_tells_the_whole_story_of_the_order(school: Caseworker, register: Register) -> None:
    order = built(school.order(born=CHILDREN, purpose="Sak 2026/17"))
    school.download(order.pk)
    events = [entry["event"] for entry in logged(order)]
    assert events[0] == "list:order:placed"
    assert "list:extract:ordered" in events
    assert events.index("list:batch:asked") < events.index("list:file:published") < events.index("list:file:downloaded")
    assert {entry["organisation"] for entry in logged(order)} == {str(school.role.organisation_id)}
    assert all(entry["purpose"] == "Sak 2026/17" for entry in logged(order))


def test_a_role_withdrawn_in_the_middle_fails_the_order_in_words_and_destroys_what_was_fetched(
    school: Caseworker, register: Register, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", 20)
    after_first_lookup(monkeypatch, school.withdraw_role)
    order = built(school.order(born=CHILDREN))
    assert (order.state, order.failure) == (State.FAILED, Failure.RIGHT_WITHDRAWN)
    assert not order.file_name
    assert bytes(order.sealed_key) == b""
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_an_element_taken_from_the_role_in_the_middle_fails_the_order(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def narrow() -> None:
        school.role.elements = ["navn"]
        school.role.save()

    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", 20)
    after_first_lookup(monkeypatch, narrow)
    order = built(school.order(born=CHILDREN))
    assert (order.state, order.failure) == (State.FAILED, Failure.ROLE_CHANGED)


def test_an_order_cancelled_in_the_middle_leaves_nothing_and_is_never_finished(
    school: Caseworker, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = school.order(born=CHILDREN)
    monkeypatch.setattr("citizenlists.building.pipeline.CHUNK_SIZE", 20)
    after_first_lookup(monkeypatch, lambda: lifecycle.cancel_order(access=school.access(), order=order))
    assert built(order).state == State.CANCELLED
    assert school.download(order.pk).status_code == 404


def test_with_the_register_away_the_order_waits_and_costs_no_attempt(school: Caseworker, register: Register) -> None:
    order = school.order(born=CHILDREN)
    with register.failing("503", operation="bulk"):
        waiting = built(order)
    assert (waiting.state, waiting.attempt, waiting.lease_until) == (State.BUILDING, 0, None)
    assert waiting.doorbell.rung_at is None
    assert built(order).state == State.READY


def test_an_extract_the_register_no_longer_has_is_ordered_anew(school: Caseworker, register: Register) -> None:
    order = school.order(born=CHILDREN)
    CitizenList.objects.filter(pk=order.pk).update(extract_job="gone")
    built(order)
    assert built(order).state == State.READY


def after_first_lookup(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Something happens once the first persons are here, while others are still to be looked up."""
    original, acted = disclosure.disclose_many, list[bool]()

    def disclose_many(access: Access, numbers: list[str], **how: bytes) -> disclosure.ManyDisclosed:
        answer = original(access, numbers, **how)
        if not acted:
            acted.append(True)
            act()
        return answer

    monkeypatch.setattr(disclosure, "disclose_many", disclose_many)


def logged(order: CitizenList) -> list[dict[str, object]]:
    """The entries of everything done for this order, oldest first."""
    entries = AuditEntry.objects.of_organisation(order.organisation_id).of_intent(order.intent_id)
    return [entry.fields for entry in entries.order_by("seq")]
