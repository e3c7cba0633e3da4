"""Normalising typed and pasted text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.typedtext import normalise_name, normalise_number, plain
from tests.integrations.folkeregisteret.making import A_NUMBER, numbers
from tests.integrations.folkeregisteret.pasted import APOSTROPHES, HYPHENS, SPACES, UNSEEN, written

NAME = "ÅSE-ČÁHPPE O'MÅKE ŽŦŊĐ"


@given(numbers().flatmap(lambda number: st.tuples(st.just(number), written(number))))
def test_a_number_is_the_same_however_it_is_written(pair: tuple[str, str]) -> None:
    number, shown = pair
    assert normalise_number(shown) == number


@pytest.mark.parametrize(
    "typed",
    [
        "fnr: 03851598730",
        "Fnr 03851598730",
        "F.nr. 038515 98730",
        "Fødselsnummer: 03851598730.",
        "fødselsnr.: 03851598730",
        "personnummer 03851598730",
        "D-nummer: 03851598730",
        "dnr=03851598730",
        "03851598730.",
        "03851598730,",
        "03851598730;",
        "(03851598730)",
        "«03851598730»",
        '"03851598730"',
        "'03851598730",
        "03851598730\u2011",
        "- 03851598730",
        "03851598730.0",
        "03851598730,00",
        "0 3 8 5 1 5 9 8 7 3 0",
        "038 515 987 30",
        "03.85.15 98730",
        "038515 - 98730",
        "03851598730\r\n",
        "\u202a03851598730\u202c",
    ],
)
def test_labels_and_what_stands_around_a_number_are_no_part_of_it(typed: str) -> None:
    assert normalise_number(typed) == A_NUMBER


@pytest.mark.parametrize(
    "typed",
    ["", "0385159873", "038515987301", "0385159873a", "fnr", "038515/98730", "-", "abc 03851598730", "³851598730"],
)
def test_a_text_that_is_no_number_stays_none(typed: str) -> None:
    assert normalise_number(typed) != A_NUMBER
    assert len(normalise_number(typed)) <= len(typed)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_letters_in_two_pieces_are_one(form: str) -> None:
    assert normalise_name(unicodedata.normalize(form, NAME)) == NAME


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_sign_that_nobody_sees_is_no_part_of_a_name(sign: str) -> None:
    assert normalise_name(f"{sign}ÅSE {sign}O'M{sign}ÅKE{sign}") == "ÅSE O'MÅKE"


@pytest.mark.parametrize("space", SPACES)
def test_every_space_is_one_space(space: str) -> None:
    assert normalise_name(f"{space}KARI{space}{space} NORD{space}") == "KARI NORD"


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_every_hyphen_is_a_hyphen(hyphen: str) -> None:
    assert normalise_name(f"KARI{hyphen}ANNE") == "KARI-ANNE"


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe_is_an_apostrophe(apostrophe: str) -> None:
    assert normalise_name(f"O{apostrophe}MÅKE") == "O'MÅKE"


@pytest.mark.parametrize("typed", ["NORD, KARI", "NORD , KARI.", "«NORD KARI»", "NORD,KARI;"])
def test_a_comma_between_the_names_is_a_space(typed: str) -> None:
    assert normalise_name(typed) == "NORD KARI"


@given(st.text())
def test_plain_text_stays_plain_whatever_it_is_made_of(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(text).isprintable()
    assert len(normalise_name(text)) <= len(plain(text))
