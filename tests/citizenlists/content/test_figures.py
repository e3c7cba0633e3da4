"""The figures of a list: right where they are shown, and never so that a small group can be told."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from citizenlists.content.figures import MOST_CODES, OTHERS, SMALLEST, UNKNOWN, Charts, Tally
from integrations.spreadsheets.stream import Cell

HEADERS = ("Navn", "Fødselsdato", "Kjønn", "Postnummer")


def charts(rows: Sequence[Sequence[Cell]], headers: Sequence[str] = HEADERS) -> Charts:
    tally = Tally(headers, 2026)
    assert list(tally.counting(rows)) == list(rows)
    return tally.charts()


def persons(number: int, born: date | None, sex: str = "Kvinne", code: str | None = "8400") -> list[list[Cell]]:
    return [["Kari", born, sex, code]] * number


def test_persons_are_counted_by_age_at_the_end_of_the_year_and_by_sex() -> None:
    rows = persons(5, date(2017, 12, 31)) + persons(6, date(2016, 1, 1)) + persons(7, date(1900, 1, 1), "Mann")
    ages = charts(rows).ages
    assert ages.series == ("kvinne", "mann")
    assert ages.groups == (("00", (5, 0)), ("10", (6, 0)), ("90", (0, 7)))


def test_without_a_sex_or_a_postal_code_on_the_list_nothing_is_said_of_them() -> None:
    tally = charts([[date(2017, 1, 1)]] * 9, ["Fødselsdato"])
    assert (tally.ages.series, tally.postal_codes.groups) == (("",), ())
    assert charts([["Kari"]] * 9, ["Navn"]) == Charts()
    assert charts([["2017"]] * 9, ["Fødselsdato"]).ages.groups == (("00", (9,)),)


def test_rows_of_several_persons_are_not_counted() -> None:
    assert charts([["A, B", "8400"]] * 9, ["Personer", "Postnummer"]) == Charts()


def test_whoever_has_no_address_to_show_is_a_group_like_the_others() -> None:
    rows = persons(6, date(2000, 1, 1)) + persons(5, date(2000, 1, 1), code=None)
    assert charts(rows).postal_codes.groups == (("8400", (6,)), (UNKNOWN, (5,)))


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    rows = [*persons(9, None, code="1000"), *persons(3, None, code="2000"), *persons(20, None, code="3000")]
    assert charts(rows).postal_codes.groups == (("1000", (None,)), ("2000", (None,)), ("3000", (20,)))


def test_two_small_groups_that_the_total_would_tell_take_a_third_with_them() -> None:
    rows = [
        row for code, number in (("1", 1), ("2", 1), ("3", 8), ("4", 9)) for row in persons(number, None, code=code)
    ]
    assert charts(rows).postal_codes.groups == (("1", (None,)), ("2", (None,)), ("3", (None,)), ("4", (9,)))


def test_a_chart_of_which_nothing_may_be_shown_is_none() -> None:
    assert charts(persons(3, None)).postal_codes.groups == ()


def test_the_smallest_of_many_postal_codes_are_one_group() -> None:
    rows = [row for code in range(MOST_CODES + 5) for row in persons(6 + code, None, code=f"{code:04}")]
    groups = charts(rows).postal_codes.groups
    assert (len(groups), groups[-1]) == (MOST_CODES, (OTHERS, (sum(range(6, 12)),)))


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12))
def test_no_small_group_is_ever_shown_or_told_by_the_total(sizes: list[int]) -> None:
    rows = [row for code, size in enumerate(sizes) for row in persons(size, None, code=f"{code:04}")]
    groups = charts(rows).postal_codes.groups
    shown = [count for _code, (count,) in groups if count is not None]
    hidden = len(groups) - len(shown)
    assert all(count >= SMALLEST for count in shown)
    if hidden:
        assert hidden > 1
        assert sum(sizes) - sum(shown) >= 2 * SMALLEST
