"""The language: what a query says, and where it stops saying anything."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.simulator.tenor.kql import read_query
from integrations.simulator.tenor.queries import (
    AllOf,
    AnyOf,
    Check,
    Literal,
    Not,
    Query,
    Range,
    Related,
    Unreadable,
    Word,
)


def words(*texts: str, quoted: bool = False) -> Literal:
    return Literal(tuple(Word((text,)) for text in texts), quoted)


def check(field: str, value: str, place: int) -> Check:
    return Check(field, words(value), place)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("bostedsadresse:Drammen", check("bostedsadresse", "Drammen", 0)),
        ("  fornavn : A", check("fornavn", "A", 2)),
        ('bostedsadresse: "Lia 1"', Check("bostedsadresse", words("Lia", "1", quoted=True), 0)),
        ("navn: Lia 1", Check("navn", words("Lia", "1"), 0)),
        ("Lia", check("", "Lia", 0)),
        (r'navn: "si \"hei\""', Check("navn", words("si", '"hei"', quoted=True), 0)),
        (r"navn: a\:b", check("navn", "a:b", 0)),
        (r"navn: a\*", check("navn", "a*", 0)),
        ("hendelserMedSekvens.hendelse:x", check("hendelserMedSekvens.hendelse", "x", 0)),
    ],
)
def test_a_field_and_its_value_are_read(query: str, said: Query) -> None:
    assert read_query(query) == said


@pytest.mark.parametrize(
    ("value", "pieces"),
    [("A*", ("A", "")), ("*A", ("", "A")), ("*TO*", ("", "TO", "")), ("A*B", ("A", "B")), ("**A**", ("", "A", ""))],
)
def test_a_word_is_cut_at_its_wildcards(value: str, pieces: tuple[str, ...]) -> None:
    assert read_query(f"fornavn: {value}") == Check("fornavn", Literal((Word(pieces),)), 0)


@pytest.mark.parametrize("value", ["*", "**"])
def test_a_wildcard_alone_is_any_value(value: str) -> None:
    query = read_query(f"postadresse:{value}")
    assert isinstance(query, Check)
    assert isinstance(query.asked, Literal)
    assert query.asked.is_anything


def test_a_wildcard_in_quotation_marks_is_a_star() -> None:
    assert read_query('fornavn: "A*"') == Check("fornavn", Literal((Word(("A*",)),), quoted=True), 0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("f > 2003-12-01", Range(low="2003-12-01", with_low=False)),
        ("f >= 2003", Range(low="2003")),
        ("f < 2003", Range(high="2003", with_high=False)),
        ("f<=2003", Range(high="2003")),
        ("f: [2003 to 2005]", Range("2003", "2005")),
        ("f: [* TO 2005]", Range(None, "2005")),
        ('f: ["2003" to *]', Range("2003", None)),
    ],
)
def test_ranges_are_read_with_their_bounds(query: str, said: Range) -> None:
    assert read_query(query) == Check("f", said, 0)


def test_and_binds_closer_than_or_and_not_closer_than_both() -> None:
    said = AnyOf((AllOf((check("a", "1", 0), Not(check("b", "2", 12)))), check("c", "3", 19)))
    assert read_query("a:1 and not b:2 or c:3") == said


def test_parentheses_go_first_and_capitals_mean_the_same() -> None:
    said = AllOf((check("a", "1", 0), AnyOf((check("b", "2", 9), check("c", "3", 16)))))
    assert read_query("a:1 AND (b:2 OR c:3)") == said


def test_several_values_of_one_field_stand_in_parentheses() -> None:
    said = AllOf((check("f", "a", 3), Not(check("f", "b", 13))))
    assert read_query("f:(a and not b)") == said


def test_what_a_relative_must_be_stands_in_braces() -> None:
    child = Check("tenorRelasjonsnavn", words("barn", quoted=True), 23)
    query = 'tenorRelasjoner.freg: {tenorRelasjonsnavn: "barn" AND f: [2003 to 2005]}'
    assert read_query(query) == Related(AllOf((child, Check("f", Range("2003", "2005"), 54))))


def test_any_relative_at_all_is_asked_for_with_a_wildcard() -> None:
    assert read_query("tenorRelasjoner.freg:*") == Related(AllOf())


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_query_means_everybody(query: str) -> None:
    assert read_query(query) == AllOf()


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("and", 0),
        ("a:", 2),
        ("a:1 b:2", 5),
        ("a:1 and", 7),
        ("(a:1", 4),
        ("a:1)", 3),
        ('a:"b', 2),
        ("a:b\\", 3),
        ("a::b", 2),
        ("a > ", 4),
        ("a:[1 2]", 5),
        ("a:[1 to 2", 9),
        ("a:(1 or", 7),
        ("a: {b:1}", 0),
        ("tenorRelasjoner.freg: {b:1", 26),
        ("not " * 31 + "a", 124),
        ("(" * 31 + "a", 31),
    ],
)
def test_a_query_that_says_nothing_tells_where(query: str, place: int) -> None:
    with pytest.raises(Unreadable) as told:
        read_query(query)
    assert told.value.place == place


def test_nothing_of_the_query_is_told_again() -> None:
    with pytest.raises(Unreadable) as told:
        read_query("hemmelig:1 hemmelig:2")
    assert "hemmelig" not in str(told.value)


@given(st.text(alphabet='ab:(){}[]<>=*"\\ ', max_size=30))
def test_any_text_is_read_or_refused(query: str) -> None:
    with suppress(Unreadable):
        assert isinstance(read_query(query), Query)
