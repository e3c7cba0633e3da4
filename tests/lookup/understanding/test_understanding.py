"""What one text in one field is parsed into."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret.identifiers import Reason
from lookup.understanding import ParsedText, Unused, parse_text
from lookup.understanding.dates import Doubt
from tests.integrations.folkeregisteret.making import A_NUMBER, numbers
from tests.integrations.folkeregisteret.pasted import APOSTROPHES, HYPHENS, SPACES, UNSEEN, written

TODAY = date(2026, 11, 30)
DAY = date(1988, 1, 17)


def is_clear(read: ParsedText) -> bool:
    """Whether the text can be searched without asking the person who wrote it."""
    return not any((read.number_fault, read.born.doubt, read.born.other, read.place.unknown, read.place.kommuner))


def of(text: str) -> ParsedText:
    return parse_text(text, today=TODAY)


def shape(text: str) -> tuple[str, ...]:
    """The name, street, house, postnummer, and kommune or fylke."""
    read = of(text)
    return read.name, read.place.street, read.place.house, read.place.postnummer, read.place.kommune or read.place.fylke


@pytest.mark.parametrize(
    "text",
    [
        *(A_NUMBER, "038515 98730", "038515-98730", "fnr: 038515 98730", "F.nr. 03851598730.", "fnr 03851598730,"),
        *(
            "0 3 8 5 1 5 9 8 7 3 0",
            "038 515 987 30",
            "03.85.15 98730",
            "(03851598730)",
            "03851598730.0",
            "\ufeff03851598730",
        ),
        *(
            "Fødselsnummer: 03851598730",
            "d-nr 03851598730",
            "038515\n98730",
            "０３８５１５９８７３０",
            "038515\u201198730",
        ),
        *(
            "Sindig Sildestim 03851598730",
            "Sildestim, Sindig, fnr 038515 98730",
            "03851598730 Sindig",
            "pnr 03851598730 f. 170188",
        ),
        *("Storgata 12, 0155 Oslo, 03851598730", "Sindig Sildestim 17.01.88 038515 98730"),
    ],
)
def test_a_number_is_that_number_whatever_stands_around_it(text: str) -> None:
    read = of(text)
    assert (read.number, read.number_fault, read.name) == (A_NUMBER, None, "")
    assert is_clear(read)


def test_what_stands_beside_a_number_is_told_as_not_used() -> None:
    assert of("Sildestim, Sindig, fnr 038515 98730").unused == ((Unused.BESIDE_NUMBER, "Sildestim Sindig"),)
    assert of("fnr: 03851598730.").unused == ()


def test_the_first_of_two_numbers_is_used_and_the_other_is_told() -> None:
    read = of("03851598730 og 17818830041")
    assert read.number == A_NUMBER
    assert [kind for kind, _ in read.unused] == [Unused.ANOTHER_NUMBER]
    assert of("03851598730, 038515 98730").unused == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("03851598731", Reason.CHECK_DIGITS),
        ("038515 98731", Reason.CHECK_DIGITS),
        ("Sindig Sildestim 03851598731", Reason.CHECK_DIGITS),
        ("fnr 0385159873", Reason.LENGTH),
        ("0385159873", Reason.LENGTH),
        ("038515987301", Reason.LENGTH),
        ("12345", Reason.LENGTH),
        ("123", Reason.LENGTH),
        ("fnr 170188", Reason.LENGTH),
        ("O3851598730", Reason.NOT_DIGITS),
        ("0385159873a", Reason.NOT_DIGITS),
        ("99851598730", Reason.NOT_A_DATE),
    ],
)
def test_what_was_meant_as_a_number_is_told_why_it_is_none(text: str, fault: Reason) -> None:
    assert of(text).number_fault == fault
    assert not is_clear(of(text))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Sindig Sildestim 170188",
            "170188 Sindig Sildestim",
            "Sindig Sildestim, 17.01.88",
            "17/1-1988 Sindig Sildestim",
        ),
        *("Sindig Sildestim f. 17.01.88", "Sindig Sildestim, født 17 januar 1988", "Sindig Sildestim (17.01.1988)"),
        *("Sindig Sildestim 1988-01-17 00:00:00", "Sindig\tSildestim\t17.01.1988", "Sindig Sildestim\nf. 17.01.1988\n"),
        *("Navn: Sindig Sildestim Født: 17.01.1988", "«Sindig Sildestim» 170188.", "Sindig 170188 Sildestim"),
    ],
)
def test_a_name_and_a_date_are_told_apart(text: str) -> None:
    read = of(text)
    assert (read.name, read.born.day, read.unused) == ("Sindig Sildestim", DAY, ())
    assert is_clear(read)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sildestim, Sindig 170188", "Sildestim Sindig"),
        ("Kari Marie 170188 Lund", "Kari Marie Lund"),
        ("O\u2019Måke, Åse", "O'Måke Åse"),
        ("Kari-Anne Nordmann", "Kari-Anne Nordmann"),
        ("Kari\u2010Anne Nordmann", "Kari-Anne Nordmann"),
        ("VASSEN*PIKE ABBOR", "VASSEN*PIKE ABBOR"),
        ("Kari (Nordmann)", "Kari Nordmann"),
        (unicodedata.normalize("NFD", "ÅSE ČÁHPPESJÁVRI"), "ÅSE ČÁHPPESJÁVRI"),
        ("Mai Juni", "Mai Juni"),
        ("August Berg", "August Berg"),
        ("Solveg Lund", "Solveg Lund"),
        ("Lund, Kari", "Lund Kari"),
        ("Oslo", "Oslo"),
    ],
)
def test_a_name_is_a_name(text: str, name: str) -> None:
    assert shape(text) == (name, "", "", "", "")


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("K. Nordmann", Unused.INITIALS, "K."),
        ("Kari # Nordmann!", Unused.SIGNS, "! #"),
        ("Nord*", Unused.SIGNS, "*"),
        ("Kari 12345 Nordmann 777", Unused.DIGITS, "12345 777"),
        ("Storgata 12 H0101", Unused.DWELLING, ""),
    ],
)
def test_what_the_register_cannot_search_by_is_left_out_and_told(text: str, kind: Unused, told: str) -> None:
    assert (kind, told) in of(text).unused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Storgata 12 B, 0155 Oslo", ("", "Storgata", "12B", "0155", "")),
        ("Storgata 12b 0155", ("", "Storgata", "12B", "0155", "")),
        ("Storgata 12-14, 0155 Oslo", ("", "Storgata", "12", "0155", "")),
        ("Storgata nr. 12", ("", "Storgata", "12", "", "")),
        ("Storgata 12, Oslo", ("", "Storgata", "12", "", "0301")),
        ("Storgata 12 Oslo", ("", "Storgata", "12", "", "0301")),
        ("Storgata 12 b Oslo kommune", ("", "Storgata", "12B", "", "0301")),
        ("Storgata, Oslo", ("", "Storgata", "", "", "0301")),
        ("Storgata", ("", "Storgata", "", "", "")),
        ("Storgata 0155", ("", "Storgata", "", "0155", "")),
        ("Nedre Storgata 5", ("", "Nedre Storgata", "5", "", "")),
        ("Per Krohgs vei 4A, 1065 Oslo", ("", "Per Krohgs vei", "4A", "1065", "")),
        ("Trondheimsvegen 1234, 2040 Kløfta", ("", "Trondheimsvegen", "1234", "2040", "")),
        ("Myra 3", ("", "Myra", "3", "", "")),
        ("Storgt. 12, 0155 Oslo", ("", "Storg", "12", "0155", "")),
        ("Kirkevn. 3", ("", "Kirkev", "3", "", "")),
        ("Karl Johans gt. 5", ("", "Karl Johans g", "5", "", "")),
        ("Adresse: Storgata 12, 0155 Oslo", ("", "Storgata", "12", "0155", "")),
        ("Storgata 12 H0101, 0155 Oslo", ("", "Storgata", "12", "0155", "")),
        ("Storgata 12, leil. 3, 0155", ("", "Storgata", "12", "0155", "")),
        ("Kari Nordmann Storgata 12", ("Kari Nordmann", "Storgata", "12", "", "")),
        ("Kari Nordmann, Storgata 12, 0155 Oslo", ("Kari Nordmann", "Storgata", "12", "0155", "")),
        ("Kari Nordmann\nStorgata 12 B\n0155 Oslo", ("Kari Nordmann", "Storgata", "12B", "0155", "")),
        ("Kari Nordmann 0155", ("Kari Nordmann", "", "", "0155", "")),
        ("Kari Nordmann, 2000 Lillestrøm", ("Kari Nordmann", "", "", "2000", "")),
        ("Kari Nordmann 2000 Lillestrøm", ("Kari Nordmann", "", "", "2000", "")),
        ("Kari Nordmann, 2000, Lillestrøm", ("Kari Nordmann", "", "", "2000", "")),
        ("Kari Nordmann, Oslo", ("Kari Nordmann", "", "", "", "0301")),
        ("Kari Nordmann, Herøy (Nordland)", ("Kari Nordmann", "", "", "", "1818")),
        ("Kari Nordmann, Rogaland", ("Kari Nordmann", "", "", "", "11")),
        ("Kari Nordmann, Rogaland fylke", ("Kari Nordmann", "", "", "", "11")),
        ("Oslo kommune", ("", "", "", "", "0301")),
        ("0155 Oslo", ("", "", "", "0155", "")),
        ("NO-0155 Oslo", ("", "", "", "0155", "")),
        ("2026/1234", ("", "", "", "", "")),
    ],
)
def test_an_address_is_told_apart_from_a_name(text: str, expected: tuple[str, ...]) -> None:
    assert shape(text) == expected


def test_everything_may_stand_in_one_text() -> None:
    text = "Nordmann, Kari, f. 17.01.88, Storgata 12 B, 0155 Oslo"
    assert shape(text) == ("Nordmann Kari", "Storgata", "12B", "0155", "")
    assert of(text).born.day == DAY


def test_a_place_that_is_no_kommune_and_a_name_of_several_are_told() -> None:
    assert of("Storgata 12, Bryne").place.unknown == "Bryne"
    assert of("Kari Nordmann, Våler").place.kommuner == ("3114", "3419")
    assert not is_clear(of("Storgata 12, Bryne"))
    assert not is_clear(of("Kari Nordmann, Våler"))


@pytest.mark.parametrize(
    "text", ["Kari Nordmann 1988", "1988 Kari Nordmann", "Nordmann, Kari, 1988", "Kari Nordmann f. 88"]
)
def test_a_year_beside_a_name_is_the_year_of_birth(text: str) -> None:
    assert of(text).born.years == (1988, 1988)
    assert set(of(text).name.split()) == {"Kari", "Nordmann"}
    assert not of(text).place.postnummer


def test_a_day_that_is_none_and_an_unclear_century_are_told() -> None:
    assert of("Sindig Sildestim 31.02.1988").born.doubt == Doubt.NO_SUCH_DAY
    assert of("Sindig Sildestim 170118").born.other == date(1918, 1, 17)
    assert not is_clear(of("Sindig Sildestim 170118"))


@pytest.mark.parametrize("text", ["", " ", "-", ".", "\u200b", "\ufeff\u00ad", ", ;", "\n\t"])
def test_nothing_is_nothing(text: str) -> None:
    assert of(text) == ParsedText()


def test_nothing_of_the_text_stands_in_what_a_log_could_write() -> None:
    shown = repr(of("Kari Nordmann, Storgata 12, 0155 Oslo, f. 17.01.88"))
    assert not any(part in shown for part in ("Kari", "Storgata", "0155", "1988"))


_WORDS = st.text(alphabet=st.characters(categories=("L",)), max_size=12)


@given(
    numbers().flatmap(lambda number: st.tuples(st.just(number), written(number))),
    _WORDS,
    _WORDS,
    st.sampled_from(" ,;:"),
)
def test_a_right_number_among_words_is_never_a_name_or_a_date(
    pair: tuple[str, str], before: str, behind: str, sign: str
) -> None:
    number, shown = pair
    read = of(f"{before}{sign} {shown}{sign} {behind}")
    assert (read.number, read.number_fault) == (number, None)
    assert (read.name, read.born.written, read.place.street) == ("", "", "")


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    _holds(text)


_PIECES = st.sampled_from(
    [
        *(
            "17",
            "01",
            "1988",
            "0155",
            "Kari",
            "gata",
            "Storgata ",
            "f.",
            "født ",
            "Oslo",
            "12B",
            "H0101",
            "038515",
            "98730",
        ),
        *(",", ".", "/", "-", "(", " ", "\n", "*", "januar", "år", "kommune", "fnr"),
        *(*UNSEEN[:4], *SPACES[:3], *HYPHENS[:3], *APOSTROPHES[:3]),
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_no_text_of_the_likes_of_ours_makes_it_fail(text: str) -> None:
    _holds(text)


def _holds(text: str) -> None:
    read = of(text)
    assert read.name.isprintable()
    assert not set(read.name) & set("@{}[]#!$&(),|0123456789")
    assert not read.born.day or read.born.day <= TODAY
    assert not read.place.postnummer or len(read.place.postnummer) == 4
