"""The order of the rows: what it is, and that it tells nothing of whom a list does not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizenlists.building.pipeline import Chunk, Households, Row, count_rows, sheet_rows
from citizenlists.building.sorting import sorted_rows
from citizenlists.content import layouts
from citizenlists.content.columns import Column
from citizenlists.models import CitizenList, Layout, Sorting
from integrations.spreadsheets.stream import Cell

ELEMENTS = ["navn", "foedsel", "bostedsadresse", "postadresse"]
HOMES = ["a", "b", "c"]
CASES = [(layout, sorting) for layout in Layout for sorting in ("", *Sorting)]
each_layout = pytest.mark.parametrize(("layout", "sorting"), CASES)


def ordered(*keys: str) -> list[Cell]:
    rows: list[list[Cell]] = [["shown " + key, key] for key in keys]
    return [row[0] for row in sorted_rows(lambda: rows, 1)]


def test_norwegian_letters_come_last_and_house_numbers_by_their_size() -> None:
    assert ordered("Ås", "Ør", "Ær", "Zo", "ab") == ["shown " + key for key in ("ab", "Zo", "Ær", "Ør", "Ås")]
    assert ordered("Gata 12", "Gata 5B", "Gata 5") == ["shown Gata 5", "shown Gata 5B", "shown Gata 12"]


def test_what_has_no_key_comes_last_and_what_is_equal_stays_in_its_order() -> None:
    rows: list[list[Cell]] = [["nobody", None], ["first", "a"], ["second", "A"]]
    assert [row[0] for row in sorted_rows(lambda: rows, 1)] == ["first", "second", "nobody"]


@given(st.lists(st.text("abc", min_size=1)), st.integers(1, 5))
def test_the_order_does_not_depend_on_how_many_rows_are_held(keys: list[str], part: int) -> None:
    rows: list[list[Cell]] = [[key, key] for key in keys]
    assert [row[0] for row in sorted_rows(lambda: rows, 1, part=part)] == sorted(keys)


def order_of(layout: str, sorting: str) -> CitizenList:
    return CitizenList(elements=ELEMENTS, layout=layout, sorting=sorting)


def result(order: CitizenList, rows: list[Row], protected: frozenset[str], *, tells: bool) -> list[list[Cell]]:
    chunks = [Chunk(tuple(rows[start : start + 2]), frozenset(), frozenset()) for start in range(0, len(rows), 2)]
    columns, households = layouts.stored_columns(order), Households(protected, tells)

    def read() -> list[list[Cell]]:
        return list(sheet_rows(chunks, columns, households))

    shown = list(sorted_rows(read, len(layouts.shown_columns(order)))) if order.sorting else read()
    assert len(shown) == count_rows(chunks, households)
    return shown


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
    layout: str, sorting: str, people: list[tuple[str, str]], protected: frozenset[str]
) -> None:
    order = order_of(layout, sorting)
    columns = layouts.stored_columns(order)
    rows = [Row(cells_of(columns, person, where), (home,)) for person, (home, where) in enumerate(people)]
    others = [row for row in rows if protected.isdisjoint(row.households)]
    assert result(order, rows, protected, tells=False) == result(order, others, frozenset(), tells=False)


@each_layout
@given(people=st.lists(st.tuples(st.sampled_from(HOMES), street, street), max_size=8), protected=protections)
def test_neither_a_cell_nor_the_place_of_a_row_tells_a_hidden_address(
    layout: str, sorting: str, people: list[tuple[str, str, str]], protected: frozenset[str]
) -> None:
    order = order_of(layout, sorting)
    columns = layouts.stored_columns(order)
    rows = [Row(cells_of(columns, person, where), (home,)) for person, (home, where, _) in enumerate(people)]
    moved = [
        Row(cells_of(columns, person, elsewhere if home in protected else where), (home,))
        for person, (home, where, elsewhere) in enumerate(people)
    ]
    assert result(order, rows, protected, tells=True) == result(order, moved, protected, tells=True)
