"""The order of the rows: what it is, and that it tells nothing of whom a list does not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenlists.building.pipeline import Chunk, Households, Row, lines, sheet_rows
from citizenlists.building.sorting import arranged, by_order, in_order
from citizenlists.content.columns import Column
from citizenlists.content.lines import Line
from citizenlists.content.sheets import sheet_of
from citizenlists.models import CitizenList, Layout, RowsPer, Sorting
from integrations.spreadsheets.stream import Cell

ELEMENTS = ["navn", "foedsel", "bostedsadresse", "postadresse", "foreldreansvar"]
HOMES = ["a", "b", "c"]
CASES = [(layout, sorting, rows_per) for layout in Layout for sorting in ("", *Sorting) for rows_per in RowsPer]
each_layout = pytest.mark.parametrize(("layout", "sorting", "rows_per"), CASES)


class Held:
    """Pages in memory."""

    def __init__(self) -> None:
        self.pages: list[list[Line]] = []

    def put(self, lines: list[Line]) -> str:
        self.pages.append(lines)
        return str(len(self.pages) - 1)

    def get(self, name: str) -> list[Line]:
        return self.pages[int(name)]


def in_file(keys: list[str | None], *, run: int = 100, page: int = 10) -> list[str]:
    """Where lines with these keys stand: the number of each in the list of keys."""
    read = in_order((Line((str(n),), (key,)) for n, key in enumerate(keys)), by_order, Held(), run=run, page=page)
    assert list(read()) == list(read())
    return [str(line.cells[0]) for line in read()]


def ordered(*keys: str) -> list[str]:
    return [keys[int(place)] for place in in_file([*keys])]


def test_norwegian_letters_come_last_and_house_numbers_by_their_size() -> None:
    assert ordered("Ås", "Ør", "Ær", "Zo", "ab") == ["ab", "Zo", "Ær", "Ør", "Ås"]
    assert ordered("Gata 12", "Gata 5B", "Gata 5") == ["Gata 5", "Gata 5B", "Gata 12"]


def test_what_has_no_key_comes_last_and_what_is_equal_stays_in_its_order() -> None:
    assert in_file([None, "a", "A"]) == ["1", "2", "0"]


@given(st.lists(st.text("abc", min_size=1)), st.integers(1, 5), st.integers(1, 3))
def test_the_order_does_not_depend_on_how_many_lines_are_held(keys: list[str], run: int, page: int) -> None:
    assert in_file([*keys], run=run, page=page) == in_file([*keys])


def test_no_more_than_one_run_is_laid_aside_at_a_time() -> None:
    held = Held()
    in_order((Line((str(n),), (str(n),)) for n in range(25)), by_order, held, run=10, page=4)
    assert [len(page) for page in held.pages] == [4, 4, 2, 4, 4, 2, 4, 1]


def order_of(layout: str, sorting: str, rows_per: str) -> CitizenList:
    return CitizenList(elements=ELEMENTS, layout=layout, sorting=sorting, rows_per=rows_per)


def result(order: CitizenList, rows: list[Row], protected: frozenset[str], *, tells: bool) -> list[list[Cell]]:
    chunks = [Chunk(tuple(rows[start : start + 2]), frozenset(), frozenset()) for start in range(0, len(rows), 2)]
    sheet, households = sheet_of(order), Households(protected, tells)
    read = arranged(lambda: lines(chunks, sheet, households), sheet, Held())
    return list(sheet_rows(read(), sheet))


def cells_of(columns: tuple[Column, ...], person: int, street: str) -> tuple[str, ...]:
    return tuple(
        f"{street} {column.sheet.header}"
        if column.is_address
        else "2020-01-01"
        if column.sheet.header == "Fødselsdato"
        else f"{person % 3} {column.sheet.header} {person}"
        for column in columns
    )


street = st.text("xyzæøå", min_size=1, max_size=3)
protections = st.frozensets(st.sampled_from(HOMES))


@each_layout
@given(people=st.lists(st.tuples(st.sampled_from(HOMES), street), max_size=8), protected=protections)
def test_to_a_role_that_may_not_know_the_list_is_as_if_the_household_did_not_exist(
    layout: str, sorting: str, rows_per: str, people: list[tuple[str, str]], protected: frozenset[str]
) -> None:
    order = order_of(layout, sorting, rows_per)
    columns = sheet_of(order).stored
    rows = [Row(cells_of(columns, person, where), (home,)) for person, (home, where) in enumerate(people)]
    others = [row for row in rows if protected.isdisjoint(row.households)]
    assert result(order, rows, protected, tells=False) == result(order, others, frozenset(), tells=False)


@each_layout
@given(people=st.lists(st.tuples(st.sampled_from(HOMES), street, street), max_size=8), protected=protections)
def test_neither_a_cell_nor_the_place_of_a_row_tells_a_hidden_address(
    layout: str, sorting: str, rows_per: str, people: list[tuple[str, str, str]], protected: frozenset[str]
) -> None:
    order = order_of(layout, sorting, rows_per)
    columns = sheet_of(order).stored
    rows = [Row(cells_of(columns, person, where), (home,)) for person, (home, where, _) in enumerate(people)]
    moved = [
        Row(cells_of(columns, person, elsewhere if home in protected else where), (home,))
        for person, (home, where, elsewhere) in enumerate(people)
    ]
    assert result(order, rows, protected, tells=True) == result(order, moved, protected, tells=True)
