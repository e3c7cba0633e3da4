"""Names as a letter says them, and lines of one home made one."""

import pytest

from citizenlists.content.lines import LARGEST_HOME, Line, Name, addressed, one_to_a_home

KARI: Name = ("Kari", None, "Nordmann")
OLA: Name = ("Ola", "Berg", "Nordmann")
PER: Name = ("Per", "Moe", "Hansen")
CHILD: Name = ("Lise", None, "Nordmann")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([OLA], "Ola Berg Nordmann"),
        ([KARI, OLA], "Kari og Ola Nordmann"),
        ([KARI, ("Ola", None, "NORDMANN")], "Kari og Ola Nordmann"),
        ([KARI, OLA, CHILD], "Kari, Ola og Lise Nordmann"),
        ([KARI, PER], "Kari Nordmann og Per Moe Hansen"),
        ([KARI, PER, OLA], "Kari Nordmann, Per Moe Hansen og Ola Berg Nordmann"),
        ([KARI, ("", None, "Nordmann")], "Kari Nordmann og Nordmann"),
        ([KARI, (None, None, None)], "Kari Nordmann"),
        ([KARI, OLA, CHILD, KARI, OLA], "Husstanden Nordmann"),
        ([KARI, OLA, CHILD, PER, PER], "Husstanden Nordmann og Hansen"),
        ([("A", None, last) for last in "VWXYZ"], "A V med husstand"),
        ([(None, None, None)], ""),
    ],
)
def test_a_letter_is_addressed_as_people_write(names: list[Name], said: str) -> None:
    assert addressed(names) == said


def line(home: str, name: Name, *cells: str | None) -> Line:
    return Line(cells, (), home, (name,), (" ".join(filter(None, name)),))


def test_a_couple_at_one_address_is_one_line_with_each_value_once() -> None:
    lines = [line("home", KARI, "Gata 1", "1951-05-17", None), line("home", OLA, "Gata 1", "1950-01-02", "Mann")]
    (one,) = one_to_a_home(lines, frozenset({1}), of_guardians=False)
    assert one.cells == ("Gata 1", "17.05.1951, 02.01.1950", "Mann")
    assert one.recipients == (KARI, OLA)
    assert one.about == ("Kari Nordmann", "Ola Berg Nordmann")


def test_the_same_date_stays_a_date() -> None:
    twins = [line("home", KARI, "2020-01-01"), line("home", CHILD, "2020-01-01")]
    assert [one.cells for one in one_to_a_home(twins, frozenset({0}), of_guardians=False)] == [("2020-01-01",)]


def test_lines_without_a_home_are_never_joined() -> None:
    lines = [line("", KARI, "x"), line("", OLA, "x")]
    assert list(one_to_a_home(lines, frozenset(), of_guardians=False)) == lines


def pulled_for_first(home: str, *, of_guardians: bool) -> int:
    """How many of many lines of this home are read before the first line is given on."""
    lines = iter([line(home, KARI, str(number)) for number in range(100)])
    next(one_to_a_home(lines, frozenset(), of_guardians=of_guardians))
    return 100 - len(list(lines))


@pytest.mark.parametrize("of_guardians", [False, True])
def test_lines_without_a_home_are_not_collected(*, of_guardians: bool) -> None:
    assert pulled_for_first("", of_guardians=of_guardians) == 1


def test_no_more_lines_are_read_than_tell_that_an_address_is_no_home() -> None:
    assert pulled_for_first("home", of_guardians=False) == LARGEST_HOME + 1


def test_every_line_comes_once_and_in_order_whatever_stands_beside_it() -> None:
    sizes = {"a": 1, "": 3, "care": LARGEST_HOME + 5, "b": 2}
    lines = [line(home, KARI, f"{home}{number}") for home, size in sizes.items() for number in range(size)]
    given = list(one_to_a_home(iter(lines), frozenset(), of_guardians=False))
    assert given[:-1] == lines[:-2]
    assert given[-1].cells == ("b0, b1",)


def test_a_care_home_is_no_home_but_a_parent_of_many_gets_one_letter() -> None:
    many = [line("home", (str(n), None, "Nordmann"), "x") for n in range(LARGEST_HOME + 1)]
    assert list(one_to_a_home(many, frozenset(), of_guardians=False)) == many
    assert len(list(one_to_a_home(many[1:], frozenset(), of_guardians=False))) == 1
    of_siblings = [line("home", KARI, str(n)) for n in range(LARGEST_HOME + 1)]
    (one,) = one_to_a_home(of_siblings, frozenset(), of_guardians=True)
    assert one.recipients == (KARI,)
    assert len(one.about) == LARGEST_HOME + 1
