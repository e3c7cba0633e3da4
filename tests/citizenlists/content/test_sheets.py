"""Rows for households and for those with parental responsibility: nobody twice, nobody lost, no hidden address."""

from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenlists.building.pipeline import Chunk, Guardian, Households, Row, lines, sheet_rows
from citizenlists.building.sorting import arranged
from citizenlists.content.sheets import Sheet, sheet_of
from citizenlists.models import CitizenList, Layout, RowsPer, Sorting
from integrations.spreadsheets.stream import Cell
from tests.citizenlists.building.test_sorting import Held

ELEMENTS = ["identifikasjonsnummer", "navn", "bostedsadresse", "foreldreansvar"]
HOMES = ["Agata 1", "Bgata 2", "Cgata 3"]


class Person(NamedTuple):
    """Somebody at one of the addresses, or of unknown address (None)."""

    number: int
    home: str | None

    @property
    def households(self) -> tuple[str, ...]:
        return (f"mark {self.home}",) if self.home else ()

    @property
    def name(self) -> str:
        return f"P{self.number}"

    def cells(self, sheet_columns: Sheet, *, of_guardian: bool = False) -> tuple[str | None, ...]:
        columns = sheet_columns.of_guardians if of_guardian else sheet_columns.stored
        return tuple(self._cell(column.sheet.header, column.is_address) for column in columns)

    def _cell(self, header: str, is_address: bool) -> str | None:
        if is_address:
            shown = {"c/o": self.home, "Adresselinje 1": self.home, "Adresse": self.home, "Poststed": "BY"}
            return shown.get(header) if self.home else None
        return {"Fornavn": self.name, "Etternavn": "Nord", "Fødselsnummer eller d-nummer": self.name}.get(header)


class Family(NamedTuple):
    child: Person
    guardians: list[Person]


@st.composite
def families(draw: st.DrawFn) -> list[Family]:
    """Up to six children and four who answer for some of them, each at an address or none."""
    homes = st.sampled_from([*HOMES, None])
    adults = [Person(100 + number, draw(homes)) for number in range(4)]
    return [
        Family(Person(number, draw(homes)), draw(st.lists(st.sampled_from(adults), max_size=2, unique=True)))
        for number in range(draw(st.integers(0, 6)))
    ]


def file_of(found: list[Family], rows_per: str, layout: str, sorting: str, households: Households) -> list[list[Cell]]:
    sheet = sheet_of(CitizenList(elements=ELEMENTS, layout=layout, sorting=sorting, rows_per=rows_per))
    rows = [
        Row(
            child.cells(sheet),
            child.households,
            tuple(
                Guardian(one.name, one.cells(sheet, of_guardian=True), one.households)
                for one in guardians
                if sheet.of_guardians and one.home
            ),
        )
        for child, guardians in found
    ]
    chunks = [Chunk(tuple(rows[start : start + 2]), frozenset(), frozenset()) for start in range(0, len(rows), 2)]
    read = arranged(lambda: lines(chunks, sheet, households), sheet, Held())
    return list(sheet_rows(read(), sheet))


def mentioned(rows: list[list[Cell]], header_place: int) -> Counter[str]:
    return Counter(
        name for row in rows for name in str(row[header_place] or "").replace(" Nord", "").split(", ") if name
    )


protections = st.frozensets(st.sampled_from([f"mark {home}" for home in HOMES]))
each_kind = pytest.mark.parametrize("rows_per", RowsPer)
GROUPED = [kind for kind in RowsPer if kind != RowsPer.PERSON]


@pytest.mark.parametrize("rows_per", GROUPED)
@given(
    found=families(),
    protected=protections,
    tells=st.booleans(),
    form=st.tuples(st.sampled_from(Layout), st.sampled_from(["", *Sorting])),
)
def test_nobody_is_lost_except_by_the_household_rule_and_no_hidden_address_is_shown(
    rows_per: str, found: list[Family], protected: frozenset[str], tells: bool, form: tuple[str, str]
) -> None:
    layout, sorting = form
    rows = file_of(found, rows_per, layout, sorting, Households(protected, tells))
    about = 8 if rows_per != RowsPer.HOUSEHOLD or layout == Layout.LETTER else 1
    kept = {one.child.name for one in found if tells or protected.isdisjoint(one.child.households)}
    named = mentioned(rows, about)
    assert set(named) == kept
    if rows_per == RowsPer.HOUSEHOLD:
        assert set(named.values()) <= {1}
    hidden = {home for home in HOMES if f"mark {home}" in protected}
    assert not [cell for row in rows for cell in row if any(home in str(cell) for home in hidden)]


@pytest.mark.parametrize("rows_per", [RowsPer.GUARDIANS, RowsPer.GUARDIAN_HOMES])
@given(found=families(), protected=protections, tells=st.booleans())
def test_each_child_gets_one_letter_to_each_address_that_may_be_shown(
    rows_per: str, found: list[Family], protected: frozenset[str], tells: bool
) -> None:
    rows = file_of(found, rows_per, Layout.LETTER, "", Households(protected, tells))
    letters = Counter((name, row[2]) for row in rows for name in mentioned([row], 8))
    assert set(letters.values()) <= {1}
    for child, guardians in found:
        if not tells and not protected.isdisjoint(child.households):
            continue
        reached = {one.home for one in guardians if one.home and protected.isdisjoint(one.households)}
        own = child.home if protected.isdisjoint(child.households) else None
        assert {home for name, home in letters if name == child.name} == (reached or {own})


@each_kind
@given(found=families(), protected=protections, sorting=st.sampled_from(["", *Sorting]))
def test_to_a_role_that_may_not_know_somebody_protected_is_as_somebody_of_unknown_residence(
    rows_per: str, found: list[Family], protected: frozenset[str], sorting: str
) -> None:
    """Of a child: as somebody who is not on the list. Of those who answer for one: as without an address."""
    unknown = [
        Family(child, [one if protected.isdisjoint(one.households) else one._replace(home=None) for one in guardians])
        for child, guardians in found
        if protected.isdisjoint(child.households)
    ]
    nobody: frozenset[str] = frozenset()
    layout = Layout.LETTER
    assert file_of(found, rows_per, layout, sorting, Households(protected, tells=False)) == file_of(
        unknown, rows_per, layout, sorting, Households(nobody, tells=False)
    )


def test_brothers_and_sisters_with_the_same_two_are_one_letter_and_a_half_brother_another() -> None:
    kari, ola, per = Person(100, "Agata 1"), Person(101, "Agata 1"), Person(102, "Bgata 2")
    found = [Family(Person(1, "Agata 1"), [kari, ola]), Family(Person(2, None), [ola, kari])]
    half_brother = Family(Person(3, "Agata 1"), [kari, per])
    rows = file_of(
        [*found, half_brother], RowsPer.GUARDIAN_HOMES, Layout.LETTER, "", Households(frozenset(), tells=True)
    )
    assert sorted((str(row[0]), str(row[8])) for row in rows) == [
        ("P100 Nord", "P3 Nord"),
        ("P100 og P101 Nord", "P1 Nord, P2 Nord"),
        ("P102 Nord", "P3 Nord"),
    ]


def test_a_child_whom_nobody_with_an_address_answers_for_gets_the_letter_at_home() -> None:
    found = [Family(Person(1, "Agata 1"), []), Family(Person(2, "Bgata 2"), [Person(100, None)])]
    rows = file_of(found, RowsPer.GUARDIANS, Layout.LETTER, "", Households(frozenset(), tells=True))
    assert [(row[0], row[2]) for row in rows] == [
        ("Foresatte til P1 Nord", "Agata 1"),
        ("Foresatte til P2 Nord", "Bgata 2"),
    ]


@pytest.mark.parametrize("layout", Layout)
@each_kind
def test_headers_are_unique_and_as_many_as_cells(rows_per: str, layout: str) -> None:
    sheet = sheet_of(CitizenList(elements=[*ELEMENTS, "familierelasjon"], layout=layout, rows_per=rows_per))
    headers = [column.header for column in sheet.shown]
    assert len(headers) == len(set(headers))
    rows = file_of([Family(Person(1, "Agata 1"), [])], rows_per, layout, "", Households(frozenset(), tells=True))
    plain = sheet_of(CitizenList(elements=ELEMENTS, layout=layout, rows_per=rows_per))
    assert [len(row) for row in rows] == [len(plain.shown)]
