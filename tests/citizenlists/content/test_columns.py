"""Every column shows its own value, and nothing when the role lacks its element."""

import json
from datetime import date

import pytest

from citizenlists.content.columns import columns_for, listable, reader
from integrations.folkeregisteret.documents import decode_person
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.spreadsheets.stream import Cell
from roles.policy.addressprotection import UNPROTECTED
from roles.policy.fieldpolicy import PermittedRecord, restrict

FATHER, MOTHER, COMOTHER, CHILD, SPOUSE = (f"0181{number}012345"[:11] for number in range(1, 6))
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
WHOLE: dict[str, object] = {
    "identifikasjonsnummer": NUMBERS,
    "navn": [{"erGjeldende": True, "fornavn": "LITEN", "mellomnavn": "LUN", "etternavn": "LAERK"}],
    "foedsel": [{"erGjeldende": True, "foedselsdato": "2020-01-02", "foedselsaar": "2020"}],
    "kjoenn": [{"erGjeldende": True, "kjoenn": "kvinne"}],
    "status": [{"erGjeldende": True, "status": "bosatt"}],
    "doedsfall": {"erGjeldende": True, "doedsdato": "2024-05-06"},
    "bostedsadresse": [
        address("Storgata", "0840", "SORTLAND")
        | {"skolekrets": 7, "grunnkrets": 103, "stemmekrets": 4, "kirkekrets": 3}
    ],
    "deltBosted": [address("Delgata", "0841", "DELSTED") | {"startdatoForKontrakt": "2015-01-01"}],
    "oppholdsadresse": [address("Oppgata", "0842", "OPPSTED")],
    "postadresse": [address("Postgata", "0843", "POSTSTED")],
    "postadresseIUtlandet": [
        {
            "erGjeldende": True,
            "adressegradering": "ugradert",
            "utenlandskAdresse": {
                "adressenavn": "Gatan 10",
                "postkode": "111 22",
                "byEllerStedsnavn": "Stockholm",
                "landkode": "SE",
            },
        }
    ],
    "sivilstand": [
        {
            "erGjeldende": True,
            "sivilstand": "gift",
            "sivilstandsdato": "2019-03-04",
            "relatertVedSivilstand": SPOUSE,
        }
    ],
    "statsborgerskap": [{"erGjeldende": True, "statsborgerskap": "NOR"}],
    "foreldreansvar": [{"erGjeldende": True, "ansvar": "felles", "ansvarlig": MOTHER}],
    "familierelasjon": [
        relative("mor", MOTHER),
        relative("far", FATHER),
        relative("medmor", COMOTHER),
        relative("barn", CHILD),
    ],
}

SHOWN: dict[str, tuple[str, Cell]] = {
    "Fødselsnummer eller d-nummer": ("identifikasjonsnummer", NEW),
    "Fornavn": ("navn", "LITEN"),
    "Mellomnavn": ("navn", "LUN"),
    "Etternavn": ("navn", "LAERK"),
    "Fødselsdato": ("foedsel", date(2020, 1, 2)),
    "Fødselsår": ("foedsel", "2020"),
    "Kjønn": ("kjoenn", "Kvinne"),
    "Status": ("status", "Bosatt"),
    "Dødsdato": ("doedsfall", date(2024, 5, 6)),
    "Adresse": ("bostedsadresse", "Storgata 5B"),
    "Postnummer": ("bostedsadresse", "0840"),
    "Poststed": ("bostedsadresse", "SORTLAND"),
    "Kommune": ("bostedsadresse", "1870 Sortland"),
    "Skolekrets": ("bostedsadresse.kretser", "7"),
    "Grunnkrets": ("bostedsadresse.kretser", "103"),
    "Stemmekrets": ("bostedsadresse.kretser", "4"),
    "Kirkekrets": ("bostedsadresse.kretser", "3"),
    "Delt bosted: adresse": ("deltBosted", "Delgata 5B"),
    "Delt bosted: postnummer": ("deltBosted", "0841"),
    "Delt bosted: poststed": ("deltBosted", "DELSTED"),
    "Opphold: adresse": ("oppholdsadresse", "Oppgata 5B"),
    "Opphold: postnummer": ("oppholdsadresse", "0842"),
    "Opphold: poststed": ("oppholdsadresse", "OPPSTED"),
    "Post: adresse": ("postadresse", "Postgata 5B"),
    "Post: postnummer": ("postadresse", "0843"),
    "Post: poststed": ("postadresse", "POSTSTED"),
    "Utland: adresse": ("postadresseIUtlandet", "Gatan 10"),
    "Utland: postnummer": ("postadresseIUtlandet", "111 22"),
    "Utland: poststed": ("postadresseIUtlandet", "Stockholm"),
    "Sivilstand": ("sivilstand", "Gift"),
    "Sivilstand fra": ("sivilstand", date(2019, 3, 4)),
    "Ektefelle eller partner": ("sivilstand.relatertVedSivilstand", SPOUSE),
    "Statsborgerskap": ("statsborgerskap", "Norge"),
    "Foreldreansvar": ("foreldreansvar", "Felles"),
    "Foreldreansvarlige": ("foreldreansvar", MOTHER),
    "Mor": ("familierelasjon", MOTHER),
    "Far": ("familierelasjon", FATHER),
    "Medmor": ("familierelasjon", COMOTHER),
    "Barn": ("familierelasjon", CHILD),
}
#: With the country behind it, by code or by name: held by the tests of addresses.
_BEGINS = {"Utland: poststed"}


def permitted(document: dict[str, object], elements: frozenset[str]) -> PermittedRecord:
    return restrict(decode_person(json.dumps(document).encode()), elements=elements, protection=UNPROTECTED)


def row(record: PermittedRecord) -> dict[str, Cell]:
    """A list with every column there is, by header."""
    columns = columns_for(ELEMENTS)
    return dict(zip((column.sheet.header for column in columns), reader(columns)(record), strict=True))


def with_what_it_rests_on(element: str) -> frozenset[str]:
    """The element, with the one it is a part of."""
    return frozenset({element, element.partition(".")[0]})


def test_the_table_below_names_every_column_there_is_in_the_order_of_the_file() -> None:
    columns = columns_for(ELEMENTS)
    assert [(column.sheet.header, column.element) for column in columns] == [
        (header, element) for header, (element, _) in SHOWN.items()
    ]
    assert listable(ELEMENTS) == tuple(dict.fromkeys(element for element, _ in SHOWN.values()))


@pytest.mark.parametrize("header", list(SHOWN))
def test_a_column_shows_its_value(header: str) -> None:
    element, value = SHOWN[header]
    shown = row(permitted(WHOLE, with_what_it_rests_on(element)))[header]
    if header in _BEGINS:
        assert str(shown).startswith(str(value))
    else:
        assert shown == value


@pytest.mark.parametrize("header", list(SHOWN))
def test_a_column_is_empty_when_the_role_lacks_its_element(header: str) -> None:
    element, _ = SHOWN[header]
    assert row(permitted(WHOLE, frozenset(ELEMENTS) - {element}))[header] is None


@pytest.mark.parametrize("header", list(SHOWN))
def test_a_column_is_empty_when_the_register_has_nothing(header: str) -> None:
    element, _ = SHOWN[header]
    without = {name: entries for name, entries in WHOLE.items() if name != element.partition(".")[0]}
    assert row(permitted(without, frozenset(ELEMENTS)))[header] is None


@pytest.mark.parametrize("element", sorted(WHOLE))
def test_an_element_fills_its_own_columns_and_no_other(element: str) -> None:
    filled = {header for header, cell in row(permitted({element: WHOLE[element]}, frozenset(ELEMENTS))).items() if cell}
    own = {header for header, (of, _) in SHOWN.items() if of.partition(".")[0] == element}
    assert filled == own


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


def test_somebody_without_a_number_is_named_where_a_number_would_stand() -> None:
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
    assert (shown["Foreldreansvarlige"], shown["Far"], shown["Mor"]) == ("MILD VIND", "MILD VIND", None)


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_in_use_goes_before_one_that_nothing_is_said_of(order: int) -> None:
    unsaid: dict[str, object] = {"erGjeldende": True, "foedselsEllerDNummer": OLD}
    shown = row(permitted({"identifikasjonsnummer": [unsaid, NUMBERS[1]][::order]}, frozenset(ELEMENTS)))
    assert shown["Fødselsnummer eller d-nummer"] == NEW


def test_the_same_text_stands_once_in_a_cell_and_different_ones_beside_each_other() -> None:
    children = [relative("barn", CHILD), relative("barn", CHILD), relative("barn", SPOUSE)]
    assert row(permitted({"familierelasjon": children}, frozenset(ELEMENTS)))["Barn"] == f"{CHILD}, {SPOUSE}"


def test_somebody_without_a_number_has_all_of_their_name() -> None:
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
