from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.identifiers import InvalidIdentifier, Kind, Reason, Rule, Synthetic, parse
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, numbers


def reason_of(text: str) -> Reason:
    with pytest.raises(InvalidIdentifier) as refused:
        parse(text)
    assert text not in str(refused.value) or not text
    return refused.value.reason


@given(numbers())
def test_a_synthetic_number_of_the_tax_administration_is_known_as_such(number: str) -> None:
    found = parse(number)
    assert (found.number, found.kind, found.synthetic) == (number, Kind.FNR, Synthetic.SKATTEETATEN)
    assert found.rule is Rule.FROM_1964


@given(numbers(day_plus=40))
def test_a_d_number_has_forty_added_to_its_day(number: str) -> None:
    assert parse(number).kind is Kind.DNR


@given(st.sampled_from([1, 2, 3]).flatmap(lambda above: numbers(above=above)))
def test_the_rule_from_2032_is_accepted_beside_the_old_one(number: str) -> None:
    assert parse(number).rule is Rule.FROM_2032


@given(numbers(), st.integers(1, 9))
def test_a_wrong_last_digit_is_always_found(number: str, more: int) -> None:
    assert reason_of(f"{number[:10]}{(int(number[10]) + more) % 10}") is Reason.CHECK_DIGITS


@pytest.mark.parametrize(
    "spaced", ["038515 98730", " 03851598730 ", "03 85 15 98730", "038515\u00a098730", "038515\t98730"]
)
def test_spaces_are_tolerated(spaced: str) -> None:
    assert parse(spaced).number == A_NUMBER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.LENGTH),
        ("   ", Reason.LENGTH),
        (A_NUMBER[:10], Reason.LENGTH),
        (A_NUMBER + "0", Reason.LENGTH),
        ("0385159873a", Reason.NOT_DIGITS),
        ("038515-98730", Reason.NOT_DIGITS),
        ("-3851598730", Reason.NOT_DIGITS),
        ("٠٣٨٥١٥٩٨٧٣٠", Reason.NOT_DIGITS),
        ("²3851598730", Reason.NOT_DIGITS),
        ("00851598730", Reason.NOT_A_DATE),
        ("32851598730", Reason.NOT_A_DATE),
        ("03801598730", Reason.NOT_A_DATE),
        ("03931598730", Reason.NOT_A_DATE),
        ("30821598730", Reason.NOT_A_DATE),
        ("29820198730", Reason.NOT_A_DATE),
        ("84851598730", Reason.NOT_A_DATE),
        ("03851598731", Reason.CHECK_DIGITS),
        ("03851598740", Reason.CHECK_DIGITS),
    ],
)
def test_a_text_that_is_no_identifier_is_refused_with_the_reason(text: str, reason: Reason) -> None:
    assert reason_of(text) is reason


def test_the_29th_of_february_is_a_date_in_year_00() -> None:
    assert reason_of("29820098700") is Reason.CHECK_DIGITS


@given(st.text(max_size=30))
def test_any_text_is_either_an_identifier_or_refused(text: str) -> None:
    with suppress(InvalidIdentifier):
        assert parse(text).number == "".join(text.split())


def test_an_identifier_keeps_its_number_out_of_sight() -> None:
    assert ANOTHER_NUMBER not in repr(parse(ANOTHER_NUMBER))
