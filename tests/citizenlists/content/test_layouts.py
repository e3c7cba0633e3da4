"""The layouts of a list: a letter's columns hold what the page would copy, and everything else stands once."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.utils import translation

from citizenlists import tasks
from citizenlists.content.columns import Column, columns_for, reader
from citizenlists.content.layouts import LETTER_ELEMENTS, lacking, shown_columns
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList, Layout, Sorting, State
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import Cell
from lookup.personpage.copies import copies
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.examples import EXAMPLES
from roles.policy.fieldpolicy import PermittedRecord, restrict
from tests.citizenlists.caseworkers import Caseworker, body, table
from tests.citizenlists.register import Register

LABEL = ["Navn", "c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed", "Land"]
ADDRESS = "/innbyggerlister/bestill/"
FORM = {"template": "fritt-utvalg", "kommune": "1870", "born_from": "1950", "born_to": "2016", "purpose": "Sak 26/1"}


def order(*elements: str, sorting: str = "") -> CitizenList:
    return CitizenList(elements=list(elements), layout=Layout.LETTER, sorting=sorting)


def headers(columns: tuple[Column, ...]) -> list[str]:
    return [column.sheet.header for column in columns]


def letter(record: PermittedRecord, *elements: str) -> dict[str, Cell]:
    columns = shown_columns(order(*elements))
    return dict(zip((column.sheet.header for column in columns), reader(columns)(record), strict=True))


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_letter_is_addressed_as_the_page_copies_it(name: str) -> None:
    elements = frozenset({"navn", "postadresse", "bostedsadresse"})
    record = restrict(EXAMPLES[name].record, elements=elements, protection=UNPROTECTED)
    with translation.override("nb"):
        copied = next((copy.text for copy in copies(record) if copy.label == "Kopier adressen"), "")
    cells = letter(record, *elements)
    said = " ".join(str(cell) for header, cell in cells.items() if cell and (copied or header == "Navn"))
    page = copied or next((copy.text for copy in copies(record)), "")
    assert said.replace(",", "").split() == page.replace(",", "").split()


def test_the_columns_of_a_letter_stand_first_and_nothing_stands_twice() -> None:
    chosen = order("navn", "foedsel", "bostedsadresse", "kjoenn")
    assert headers(shown_columns(chosen)) == [*LABEL, "Fødselsdato", "Kjønn"]


def test_an_address_abroad_goes_before_the_home_and_after_the_postal_address() -> None:
    everything = EXAMPLES["alt"].record
    record = restrict(everything, elements=frozenset(ELEMENTS), protection=UNPROTECTED)
    assert letter(record, "navn", *LETTER_ELEMENTS)["Adresselinje 1"] == "Postboks 123"
    assert letter(record, "navn", "postadresseIUtlandet", "bostedsadresse")["Land"] == "SVERIGE"
    assert letter(record, "navn", "bostedsadresse")["Adresselinje 1"] == "Eksempelvegen 8"


def test_what_rows_are_sorted_by_is_stored_behind_the_columns_of_the_file() -> None:
    for layout in Layout:
        for sorting in Sorting:
            ordered = CitizenList(elements=["navn", "bostedsadresse"], layout=layout, sorting=sorting)
            shown, stored = headers(shown_columns(ordered)), headers(sheet_of(ordered).stored)
            assert stored[: len(shown)] == shown
            assert len(stored) > len(shown)
    unsorted = CitizenList(elements=["navn"], layout=Layout.ALL, sorting="")
    assert sheet_of(unsorted).stored == shown_columns(unsorted) == columns_for(["navn"])


@pytest.mark.parametrize(
    ("elements", "layout", "sorting", "field"),
    [
        (["navn"], "letter", "", "layout"),
        (["bostedsadresse"], "letter", "", "layout"),
        (["bostedsadresse"], "all", "name", "sorting"),
        (["navn"], "all", "postal-code", "sorting"),
    ],
)
@pytest.mark.django_db
def test_what_a_layout_or_an_order_needs_is_said_at_its_field(
    school: Caseworker, elements: list[str], layout: str, sorting: str, field: str
) -> None:
    assert [at for at, _ in lacking(elements, layout, sorting)] == [field]
    answer = school.client.post(ADDRESS, {**FORM, "elements": elements, "layout": layout, "sorting": sorting})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in body(answer).decode()
    assert CitizenList.objects.count() == 0


SORTED_BY: dict[str, Callable[[Mapping[str, object]], list[object]]] = {
    "name": lambda row: [row["Etternavn"], row["Fornavn"], row["Mellomnavn"]],
    "postal-code": lambda row: [row["Land"], row["Postnummer"], row["Poststed"], row["Adresselinje 1"]],
    "address": lambda row: [row["Land"], row["Adresselinje 1"]],
}


@pytest.mark.parametrize("sorting", SORTED_BY)
@pytest.mark.django_db
def test_a_letter_is_ordered_built_and_read_in_its_order(school: Caseworker, register: Register, sorting: str) -> None:
    elements = ["identifikasjonsnummer", "navn", "bostedsadresse", "postadresse"]
    form = {**FORM, "elements": elements, "layout": "letter", "sorting": sorting}
    assert school.client.post(ADDRESS, form).status_code == 302
    made = CitizenList.objects.get()
    tasks.build(str(made.pk))
    made.refresh_from_db()
    assert made.state == State.READY
    rows = table(body(school.download(made.pk)))
    assert list(rows[0]) == [*LABEL, "Fødselsnummer eller d-nummer"]
    assert len(rows) == len(register.unprotected("1870", (1950, 2016))) == made.rows
    names = surnames(register)
    rows = [row | names.get(str(row["Fødselsnummer eller d-nummer"]), {}) for row in rows]
    keys = [[norwegian(str(text or "")) for text in SORTED_BY[sorting](row)] for row in rows if row["Poststed"]]
    assert keys == sorted(keys)
    assert len({tuple(key) for key in keys}) > 3


@pytest.mark.django_db
def test_in_a_letter_too_the_household_of_a_protected_person_has_no_address(
    school: Caseworker, office: Caseworker, register: Register
) -> None:
    child, mother = register.number_of("skolestarter"), register.number_of("vanlig-familie")
    register.protect(mother)
    form = {**FORM, "elements": ["identifikasjonsnummer", "navn", "bostedsadresse"], "born_to": "2026"}
    listed = {}
    for who in (school, office):
        who.client.post(ADDRESS, {**form, "layout": "letter", "sorting": "address"})
        made = CitizenList.objects.get(role=who.role)
        tasks.build(str(made.pk))
        listed[who] = {row["Fødselsnummer eller d-nummer"]: row for row in table(body(who.download(made.pk)))}
    assert mother not in listed[school]
    assert [listed[school][child][header] for header in LABEL[1:]] == [None] * 7
    assert child not in listed[office]


def surnames(register: Register) -> dict[str, dict[str, object]]:
    """The parts of everybody's name, by number, as the register's own documents have them."""
    found: dict[str, dict[str, object]] = {}
    for person in register.everybody():
        for name in (entry for entry in person.get("navn", ()) if entry.get("erGjeldende")):
            parts = {part.capitalize(): name.get(part) for part in ("etternavn", "fornavn", "mellomnavn")}
            found |= {number["foedselsEllerDNummer"]: parts for number in person["identifikasjonsnummer"]}
    return found


def norwegian(word: str) -> str:
    padded = re.sub(r"\d+", lambda number: f"{int(number[0]):06}", word)
    return padded.casefold().translate(str.maketrans("æøå", "{|}"))
