"""A hundred thousand numbers of every kind by both rules, and as many with one digit changed.

Made at run time from a seed, judged here by going forward, as the register does when it gives a number out. Since some
could be real people's, none is stored, and a test that fails says how many were misjudged, never which.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product

import pytest

from integrations.folkeregisteret.identifiers import (
    Identifier,
    InvalidIdentifier,
    Kind,
    Reason,
    Rule,
    Synthetic,
    parse,
)
from tests.integrations.folkeregisteret.making import number

COUNT = 100_000
ADDED_TO_DAY = {Kind.FNR: 0, Kind.DNR: 40}
ADDED_TO_MONTH = {Synthetic.NONE: 0, Synthetic.DOLLY_OR_HEALTH: 40, Synthetic.SKATTEETATEN: 80}
SORTS = list(product(Kind, Synthetic, range(4)))
DAYS = (date(2031, 12, 31) - date(1900, 1, 1)).days

Verdict = tuple[Kind, Synthetic, Rule] | Reason
Judged = tuple[Kind, Synthetic, int, str]


def made(seed: int) -> Iterator[Judged]:
    """Numbers of each sort in turn, by the rule of 1964 (0) and in each of the three ways of 2032, without end."""
    chance = random.Random(seed)
    while True:
        for kind, synthetic, above in SORTS:
            born = date(1900, 1, 1) + timedelta(days=chance.randrange(DAYS))
            day, month = born.day + ADDED_TO_DAY[kind], born.month + ADDED_TO_MONTH[synthetic]
            one = number(day, month, born.year, chance.randrange(1000), above=above)
            # The century is not in the number: a leap day of 1900 would be one of 2000, which there was.
            if one:
                yield kind, synthetic, above, one


def judged(text: str) -> Verdict:
    """What the number is, or why it is none, found by giving out numbers for its first nine digits and comparing."""
    kind = Kind.DNR if text[0] in "4567" else Kind.FNR
    day, month = int(text[:2]) - ADDED_TO_DAY[kind], int(text[2:4])
    series = [synthetic for synthetic, added in ADDED_TO_MONTH.items() if _is_date(day, month - added, text[4:6])]
    if not series:
        return Reason.NOT_A_DATE
    fitting = [above for above in range(4) if number(*_parts(text), above=above) == text]
    if not fitting:
        return Reason.CHECK_DIGITS
    return kind, series[0], Rule.FROM_2032 if fitting[0] else Rule.FROM_1964


def _is_date(day: int, month: int, year: str) -> bool:
    try:
        date(2000 + int(year), month, day)
    except ValueError:
        return False
    return True


def _parts(text: str) -> tuple[int, int, int, int]:
    return int(text[:2]), int(text[2:4]), int(text[4:6]), int(text[6:9])


def said(text: str) -> Verdict:
    try:
        found: Identifier = parse(text)
    except InvalidIdentifier as refused:
        return refused.reason
    return found.kind, found.synthetic, found.rule


def with_digits_changed(text: str, places: int, chance: random.Random) -> str:
    digits = list(text)
    for place in chance.sample(range(11), places):
        digits[place] = str((int(digits[place]) + chance.randrange(1, 10)) % 10)
    return "".join(digits)


@pytest.fixture(scope="module")
def numbers_made() -> list[Judged]:
    return list(islice(made(seed=2032), COUNT))


def test_every_number_that_can_be_given_out_is_known_for_what_it_is(numbers_made: list[Judged]) -> None:
    wrong = Counter[str]()
    for kind, synthetic, above, one in numbers_made:
        expected = kind, synthetic, Rule.FROM_2032 if above else Rule.FROM_1964
        wrong[f"{kind} {synthetic} {above}"] += said(one) != expected
    assert +wrong == Counter()
    assert len(wrong) == len(SORTS)


def misjudged(numbers_made: list[Judged], places: int) -> tuple[Counter[str], Counter[str]]:
    """How many of each sort are judged otherwise than the register would, and how many of each verdict there are."""
    chance = random.Random(1964)
    wrong, verdicts = Counter[str](), Counter[str]()
    for kind, synthetic, above, one in numbers_made:
        changed = with_digits_changed(one, places, chance)
        expected = judged(changed)
        wrong[f"{kind} {synthetic} {above}"] += said(changed) != expected
        verdicts[expected if isinstance(expected, Reason) else "another number"] += 1
    return +wrong, verdicts


def test_a_number_with_one_digit_changed_is_judged_as_the_register_would(numbers_made: list[Judged]) -> None:
    wrong, verdicts = misjudged(numbers_made, places=1)
    assert wrong == Counter()
    assert verdicts.total() == COUNT
    assert set(verdicts) == {Reason.NOT_A_DATE, Reason.CHECK_DIGITS}, "the last digit finds every single change"


def test_a_number_with_two_digits_changed_is_sometimes_another_number(numbers_made: list[Judged]) -> None:
    wrong, verdicts = misjudged(numbers_made[:20_000], places=2)
    assert wrong == Counter()
    assert set(verdicts) == {Reason.NOT_A_DATE, Reason.CHECK_DIGITS, "another number"}
