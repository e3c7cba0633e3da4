"""Finding texts that look like a national identity number."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.identifiers import is_eleven_digits, looks_like_a_number, without_numbers
from tests.integrations.folkeregisteret.making import numbers
from tests.integrations.folkeregisteret.pasted import written

BESIDE = st.text(st.characters(codec="utf-8", exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=9)


@given(numbers().flatmap(lambda number: st.tuples(st.just(number), written(number))), BESIDE, BESIDE)
def test_a_number_is_seen_however_it_is_written_and_nothing_of_it_is_left(
    pair: tuple[str, str], before: str, after: str
) -> None:
    number, shown = pair
    text = f"{before} {shown} {after}"
    assert looks_like_a_number(text)
    assert number[6:] not in without_numbers(text, "[nummer]")
    assert "[nummer]" in without_numbers(text, "[nummer]")


@given(numbers(), st.sampled_from(["/", "_", ":", "|", "+", "\\", ", ", " / ", "..", "–"]))
def test_a_right_number_is_seen_between_any_signs(number: str, between: str) -> None:
    for pieces in (
        [number[:2], number[2:4], number[4:6], number[6:]],
        list(number),
        [number[:6], number[6:9], number[9:]],
    ):
        assert looks_like_a_number(f"sak {between.join(pieces)} x")


@given(numbers(), st.integers(1, 999), st.integers(1, 999))
def test_figures_beside_a_number_do_not_hide_it(number: str, before: int, after: int) -> None:
    assert looks_like_a_number(f"{before} {number} {after}")
    assert looks_like_a_number(f"{before}.{number[:6]}-{number[6:]}")


@pytest.mark.parametrize(
    "text",
    [
        "12818823818",
        "128188 23818",
        "128188-23818",
        "128188.23818",
        "Kari 128188\u201323818",
        "x12818823818y",
        "００００００ ０００００",
    ],
)
def test_eleven_digits_as_a_number_is_written_are_one_also_with_a_slip_in_them(text: str) -> None:
    assert looks_like_a_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Barnehageopptak",
        "2026/12345",
        "26/1234567",
        "sak 202612345678",
        "2026 1234567",
        "telefon 22 00 00 00",
        "+47 400 00 000",
        "2026-11-30T18:23:06.123456+00:00",
        "30.11.2026 kl. 12.30",
        "01.01.2026-31.12.2026",
        "kommune 1870 1871 1875",
        "999000001 999000002",
        "1234567890123456789012",
        "a128188b23818",
        "²³" * 9,
    ],
)
def test_a_case_a_date_a_telephone_and_an_organisation_are_no_person(text: str) -> None:
    assert not looks_like_a_number(text)
    assert without_numbers(text, "[nummer]") == text


@given(st.uuids())
def test_no_more_than_a_number_is_removed_from_an_id(made: UUID) -> None:
    left = without_numbers(str(made), "")
    assert len(str(made)) - len(left) in {0, *range(11, 27)}


def test_every_number_in_a_text_is_taken_out() -> None:
    text = "fra 12818823817 til 128188 23818, sak 2026/1"
    assert without_numbers(text, "[nummer]") == "fra [nummer] til [nummer], sak 2026/1"


@pytest.mark.parametrize("text", ["identifikator: 0385159*", "038*515*98731", "03851?98731", "0 3 8 5 1 5 9 8 7 3 1"])
def test_in_a_query_the_most_of_a_number_is_one(text: str) -> None:
    assert looks_like_a_number(text, also_in_part=True)
    assert not looks_like_a_number(text)


@given(numbers().flatmap(written))
def test_a_number_in_any_text_is_also_one_in_a_query(shown: str) -> None:
    assert looks_like_a_number(shown, also_in_part=True)


@pytest.mark.parametrize(
    "text", ["", "1281882381", "128188238188", "128188 23818", "1281882381x", "\u0661" * 11, "1" * 10 + "²"]
)
def test_nothing_but_eleven_digits_has_the_form_of_a_number(text: str) -> None:
    assert not is_eleven_digits(text)


@given(numbers())
def test_a_number_has_its_form(number: str) -> None:
    assert is_eleven_digits(number)
