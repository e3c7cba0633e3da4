"""Every column shows its own value, and nothing when the role lacks its element."""

import json
from datetime import date

import pytest
from django.utils import translation
from msgspec import structs

from citizenlists.content.columns import columns_for, listable, reader
from integrations.folkeregisteret.documents import PersonRecord, decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import Cell, CellKind
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.examples import EXAMPLES
from roles.policy.fieldpolicy import PermittedRecord, restrict

CHILD, SPOUSE = "01814012345", "01815012345"
OLD, NEW = "41810112345", "01812012345"


def address(street: str, postal: str, place: str) -> dict[str, object]:
    return {
        "erGjeldende": True,
        "adressegradering": "ugradert",
        "vegadresse": {
            "kommunenummer": "1870",
            "adressenavn": street,
            "adressenummer": {"husnummer": "5", "husbokstav": "B"},
            "poststed": {"postnummer": postal, "poststedsnavn": place},
        },
    }


def relative(role: str, number: str) -> dict[str, object]:
    return {"erGjeldende": True, "relatertPersonsRolle": role, "relatertPerson": number}


NUMBERS: list[dict[str, object]] = [
    {"erGjeldende": True, "foedselsEllerDNummer": OLD, "status": "opphoert"},
    {"erGjeldende": True, "foedselsEllerDNummer": NEW, "status": "iBruk"},
]
#: Header -> element, the example that has a value, and the value.
SHOWN: dict[str, tuple[str, str, Cell]] = {
    "Fødselsnummer eller d-nummer": ("identifikasjonsnummer", "alt", "09897922190"),
    "Fornavn": ("navn", "alt", "ALT"),
    "Mellomnavn": ("navn", "alt", "SOM"),
    "Etternavn": ("navn", "alt", "REGISTRERT"),
    "Fødselsdato": ("foedsel", "alt", date(1979, 9, 9)),
    "Kjønn": ("kjoenn", "alt", "Mann"),
    "Status": ("status", "familie", "Bosatt"),
    "Dødsdato": ("doedsfall", "doed", date(2025, 11, 2)),
    "Adresse": ("bostedsadresse", "alt", "Eksempelvegen 8, Bolig H0101"),
    "Postnummer": ("bostedsadresse", "alt", "6856"),
    "Poststed": ("bostedsadresse", "alt", "SOGNDAL"),
    "Kommune": ("bostedsadresse", "alt", "Sogndal (4640)"),
    "Skolekrets": ("bostedsadresse.kretser", "alt", "2"),
    "Grunnkrets": ("bostedsadresse.kretser", "alt", "101"),
    "Stemmekrets": ("bostedsadresse.kretser", "alt", "1"),
    "Kirkekrets": ("bostedsadresse.kretser", "alt", "3"),
    "Delt bosted: adresse": ("deltBosted", "alt", "Andre veg 3, Bolig H0101"),
    "Delt bosted: postnummer": ("deltBosted", "alt", "6856"),
    "Delt bosted: poststed": ("deltBosted", "alt", "SOGNDAL"),
    "Opphold: adresse": ("oppholdsadresse", "alt", "Pendlervegen 1, Bolig H0101"),
    "Opphold: postnummer": ("oppholdsadresse", "alt", "6856"),
    "Opphold: poststed": ("oppholdsadresse", "alt", "SOGNDAL"),
    "Post: adresse": ("postadresse", "alt", "Postboks 123"),
    "Post: postnummer": ("postadresse", "alt", "6851"),
    "Post: poststed": ("postadresse", "alt", "SOGNDAL"),
    "Utland: adresse": ("postadresseIUtlandet", "alt", "Exempelgatan 1"),
    "Utland: postnummer": ("postadresseIUtlandet", "alt", "111 22"),
    "Utland: poststed": ("postadresseIUtlandet", "alt", "STOCKHOLM, Sverige"),
    "Sivilstand": ("sivilstand", "alt", "Gift"),
    "Sivilstand fra": ("sivilstand", "alt", date(2005, 8, 20)),
    "Ektefelle eller partner": ("sivilstand.relatertVedSivilstand", "alt", "11876929068"),
    "Statsborgerskap": ("statsborgerskap", "alt", "Norge"),
    "Foreldreansvar": ("foreldreansvar", "alt", "Felles"),
    "Foresatte": ("foreldreansvar", "husstand", "17908825004"),
    "Foresattes numre": ("foreldreansvar", "husstand", "17908825004"),
    "Mor": ("familierelasjon", "alt", "03865032144"),
    "Far": ("familierelasjon", "familie", "06865032151"),
    "Medmor": ("familierelasjon", "alt", "04865032183"),
    "Barn": ("familierelasjon", "familie", "21861670160"),
}


def permitted(document: dict[str, object], elements: frozenset[str]) -> PermittedRecord:
    return restrict(decode_person(json.dumps(document).encode()), elements=elements, protection=UNPROTECTED)


def opened(example: PersonRecord, elements: frozenset[str]) -> PermittedRecord:
    return restrict(example, elements=elements, protection=UNPROTECTED)


def row(record: PermittedRecord) -> dict[str, Cell]:
    """A list with every column there is, by header."""
    columns = columns_for(ELEMENTS)
    return dict(zip((column.sheet.header for column in columns), reader(columns)(record), strict=True))


def with_what_it_rests_on(element: str) -> frozenset[str]:
    """The element, with the one it is a part of."""
    return frozenset({element, element.partition(".")[0]})


def property_of(header: str) -> str:
    return SHOWN[header][0].partition(".")[0]


def test_the_table_above_names_every_column_there_is_in_the_order_of_the_file() -> None:
    columns = columns_for(ELEMENTS)
    assert [(column.sheet.header, column.element) for column in columns] == [
        (header, element) for header, (element, _, _) in SHOWN.items()
    ]
    assert listable(ELEMENTS) == tuple(dict.fromkeys(element for element, _, _ in SHOWN.values()))


def test_the_columns_of_dates_are_marked_as_dates_and_every_other_as_text() -> None:
    kinds = {column.sheet.header: column.sheet.kind for column in columns_for(ELEMENTS)}
    assert kinds == {
        header: CellKind.DATE if isinstance(value, date) else CellKind.TEXT for header, (_, _, value) in SHOWN.items()
    }


@pytest.mark.parametrize("header", list(SHOWN))
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_column_shows_its_value_in_bokmal_whatever_the_language_of_the_page(header: str, language: str) -> None:
    element, example, value = SHOWN[header]
    with translation.override(language):
        assert row(opened(EXAMPLES[example].record, with_what_it_rests_on(element)))[header] == value


@pytest.mark.parametrize("example", sorted(EXAMPLES))
@pytest.mark.parametrize("element", list(dict.fromkeys(element for element, _, _ in SHOWN.values())))
def test_the_columns_of_an_element_are_empty_in_a_role_that_lacks_it(element: str, example: str) -> None:
    shown = row(opened(EXAMPLES[example].record, frozenset(ELEMENTS) - {element}))
    assert {shown[header] for header, (of, _, _) in SHOWN.items() if of == element} == {None}


@pytest.mark.parametrize("header", list(SHOWN))
def test_a_column_is_empty_when_the_register_has_nothing(header: str) -> None:
    _, example, _ = SHOWN[header]
    empty = getattr(PersonRecord(), property_of(header))
    without = structs.replace(EXAMPLES[example].record, **{property_of(header): empty})
    assert row(opened(without, frozenset(ELEMENTS)))[header] is None


@pytest.mark.parametrize("name", sorted({property_of(header) for header in SHOWN}))
def test_an_element_fills_its_own_columns_and_no_other(name: str) -> None:
    filled = set[str]()
    for example in EXAMPLES.values():
        alone = PersonRecord(**{name: getattr(example.record, name)})
        filled |= {header for header, cell in row(opened(alone, frozenset(ELEMENTS))).items() if cell}
    assert filled == {header for header in SHOWN if property_of(header) == name}


@pytest.mark.parametrize(("role", "header"), [("mor", "Mor"), ("far", "Far"), ("medmor", "Medmor"), ("barn", "Barn")])
def test_a_relative_stands_in_the_column_of_their_own_role_alone(role: str, header: str) -> None:
    record = permitted({"familierelasjon": [relative(role, CHILD)]}, frozenset(ELEMENTS))
    relatives = {name: row(record)[name] for name in ("Mor", "Far", "Medmor", "Barn")}
    assert relatives == dict.fromkeys(relatives) | {header: CHILD}


@pytest.mark.parametrize("role", ["fosterforelder", "ektefelleEllerPartner", "ukjent", ""])
def test_a_relative_in_another_role_stands_in_no_column(role: str) -> None:
    record = permitted({"familierelasjon": [relative(role, CHILD)]}, frozenset(ELEMENTS))
    assert CHILD not in row(record).values()


@pytest.mark.parametrize("order", [1, -1])
def test_the_number_in_use_is_listed_wherever_it_stands(order: int) -> None:
    numbers = NUMBERS[::order]
    shown = row(permitted({"identifikasjonsnummer": numbers}, frozenset(ELEMENTS)))
    assert shown["Fødselsnummer eller d-nummer"] == NEW


def test_a_relative_without_a_number_is_named_in_place_of_the_number() -> None:
    unnumbered = {"navn": {"fornavn": "MILD", "etternavn": "VIND"}}
    document: dict[str, object] = {
        "foreldreansvar": [{"erGjeldende": True, "ansvar": "mor", "ansvarligUtenIdentifikator": unnumbered}],
        "familierelasjon": [
            {
                "erGjeldende": True,
                "relatertPersonsRolle": "far",
                "relatertPersonUtenFolkeregisteridentifikator": unnumbered,
            }
        ],
    }
    shown = row(permitted(document, frozenset(ELEMENTS)))
    assert (shown["Foresatte"], shown["Far"], shown["Mor"]) == ("MILD VIND", "MILD VIND", None)


def test_the_names_that_the_gate_gave_stand_in_place_of_numbers_which_have_a_column_of_their_own() -> None:
    held = [{"erGjeldende": True, "ansvar": "felles", "ansvarlig": number} for number in (SPOUSE, CHILD)]
    record = permitted({"foreldreansvar": held}, frozenset(ELEMENTS))
    columns = columns_for(["foreldreansvar", "navn"])
    cells = reader(columns, {SPOUSE: "KARI SKY"})(record)
    shown = dict(zip((column.sheet.header for column in columns), cells, strict=True))
    assert (shown["Foresatte"], shown["Foresattes numre"]) == (f"KARI SKY, {CHILD}", f"{SPOUSE}, {CHILD}")
    assert [column.sheet.header for column in columns_for(["foreldreansvar"])] == ["Foreldreansvar", "Foresatte"]


def test_of_a_birth_without_a_day_the_year_stands_in_the_same_column() -> None:
    birth = {"erGjeldende": True, "foedselsaar": "1951"}
    assert row(permitted({"foedsel": [birth]}, frozenset(ELEMENTS)))["Fødselsdato"] == "1951"


def test_an_organisation_that_answers_for_a_child_is_told_by_its_number() -> None:
    held = {"erGjeldende": True, "ansvar": "andre", "ansvarligOrganisasjon": "999000003"}
    shown = row(permitted({"foreldreansvar": [held]}, frozenset(ELEMENTS)))
    assert shown["Foresatte"] == "Virksomhet 999000003"


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_in_use_goes_before_one_that_nothing_is_said_of(order: int) -> None:
    unsaid: dict[str, object] = {"erGjeldende": True, "foedselsEllerDNummer": OLD}
    shown = row(permitted({"identifikasjonsnummer": [unsaid, NUMBERS[1]][::order]}, frozenset(ELEMENTS)))
    assert shown["Fødselsnummer eller d-nummer"] == NEW


def test_the_same_text_stands_once_in_a_cell_and_different_ones_beside_each_other() -> None:
    children = [relative("barn", CHILD), relative("barn", CHILD), relative("barn", SPOUSE)]
    assert row(permitted({"familierelasjon": children}, frozenset(ELEMENTS)))["Barn"] == f"{CHILD}, {SPOUSE}"


def test_a_relative_without_a_number_has_their_full_name() -> None:
    unnumbered = {"navn": {"fornavn": "MILD", "mellomnavn": "SKY", "etternavn": "VIND"}}
    mother = {"erGjeldende": True, "relatertPersonsRolle": "mor"}
    document: dict[str, object] = {
        "familierelasjon": [mother | {"relatertPersonUtenFolkeregisteridentifikator": unnumbered}]
    }
    assert row(permitted(document, frozenset(ELEMENTS)))["Mor"] == "MILD SKY VIND"


@pytest.mark.parametrize(
    "agreement",
    [
        {"startdatoForKontrakt": "2015-01-01", "sluttdatoForKontrakt": "2016-01-01"},
        {"startdatoForKontrakt": "2999-01-01"},
    ],
    ids=["over", "not begun"],
)
def test_a_shared_residence_outside_of_its_agreement_is_no_address_and_hides_none_behind_it(
    agreement: dict[str, object],
) -> None:
    ended = address("Gamlegata", "0850", "GAMMELSTED") | agreement
    alone = row(permitted({"deltBosted": [ended]}, frozenset(ELEMENTS)))
    assert {value for header, value in alone.items() if header.startswith("Delt bosted")} == {None}
    lasting = address("Delgata", "0841", "DELSTED") | {"startdatoForKontrakt": "2015-01-01"}
    both = row(permitted({"deltBosted": [ended, lasting]}, frozenset(ELEMENTS)))
    assert both["Delt bosted: adresse"] == "Delgata 5B"
