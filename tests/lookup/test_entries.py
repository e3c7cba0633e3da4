"""Each kind of entry as rows: every value of it has a row, and a missing value has none."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import PersonRecord, decode_person
from lookup.personpage.elements import PRESENT
from tests.integrations.folkeregisteret.making import as_json

NUMBER, OTHER = "16863448801", "05838399895"
NAME = {"fornavn": "GLAD", "mellomnavn": "RØD", "etternavn": "FISK"}
#: As the register writes somebody who has no number: the relations in one way, the identifying information in another.
RELATIVE = {"navn": NAME, "foedselsdato": "1990-04-17", "kjoenn": "mann", "statsborgerskap": "SWE"}
IDENTIFIED = {"personnavn": NAME, "foedselsdato": "1990-04-17", "kjoenn": "mann", "statsborgerskap": ["SWE", "FIN"]}
RELATIVE_READS = "GLAD RØD FISK / Født 17. april 1990 / Mann / Sverige"
IDENTIFIED_READS = f"{RELATIVE_READS} / Finland"


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def read(element: str, entry: dict[str, Any]) -> list[str]:
    """The rows, as `label: lines` or `label: the number of a person who can be looked up`."""
    source = element.partition(".")[0]
    is_single = "tuple" not in str(PersonRecord.__annotations__[source])
    held = getattr(decode_person(as_json({source: entry if is_single else [entry]})), source)
    rows = PRESENT[element](held if is_single else held[0])
    return [f"{row.label}: {' / '.join(map(str, row.lines)) or row.number}" for row in rows]


@pytest.mark.parametrize(
    ("entry", "rows"),
    [
        ({"erFalsk": True, "rettIdentitetErUkjent": True}, ["Identiteten er falsk: Ja", "Rett identitet: Ukjent"]),
        ({"erFalsk": False}, ["Identiteten er falsk: Nei"]),
        ({"rettIdentitetErUkjent": False}, []),
        ({"rettIdentitetVedIdentifikasjonsnummer": NUMBER}, [f"Rett identitet: {NUMBER}"]),
        ({"rettIdentitetVedOpplysninger": IDENTIFIED}, [f"Rett identitet: {IDENTIFIED_READS}"]),
    ],
)
def test_a_false_identity(entry: dict[str, Any], rows: list[str]) -> None:
    assert read("falskIdentitet", entry) == rows


@pytest.mark.parametrize(
    ("entry", "rows"),
    [
        (
            {"ansvar": "felles", "ansvarlig": NUMBER, "ansvarssubjekt": OTHER},
            [f"Ansvarlig: {NUMBER}", f"Barn: {OTHER}"],
        ),
        ({"ansvarligUtenIdentifikator": RELATIVE}, [f"Ansvarlig: {RELATIVE_READS}"]),
        ({"ansvarssubjektUtenIdentifikator": RELATIVE}, [f"Barn: {RELATIVE_READS}"]),
        ({"ansvarligOrganisasjon": "999000003"}, ["Ansvarlig virksomhet: 999000003"]),
    ],
)
def test_parental_responsibility(entry: dict[str, Any], rows: list[str]) -> None:
    assert [row for row in read("foreldreansvar", entry) if not row.startswith("Ansvar: ")] == rows
    assert [row for row in read("foreldreansvar", entry) if row.startswith("Ansvar: ")] == (
        ["Ansvar: Felles"] if "ansvar" in entry else []
    )


@pytest.mark.parametrize(
    ("guardian", "rows"),
    [
        ({"foedselsEllerDNummer": NUMBER}, [f"Verge: {NUMBER}"]),
        ({"navn": NAME}, ["Verge: GLAD RØD FISK"]),
        ({"navnFoedselsdato": IDENTIFIED}, [f"Verge: {IDENTIFIED_READS}"]),
        ({"navn": NAME, "navnFoedselsdato": IDENTIFIED}, [f"Verge: {IDENTIFIED_READS}"]),
        ({"foedselsEllerDNummer": NUMBER, "navn": NAME}, [f"Verge: {NUMBER}", "Verge: GLAD RØD FISK"]),
    ],
)
def test_a_guardian_is_read_by_number_and_by_name(guardian: dict[str, Any], rows: list[str]) -> None:
    assert read("vergemaalEllerFremtidsfullmakt", {"verge": guardian}) == rows


def test_a_task_of_a_guardian_that_stands_twice_is_read_once() -> None:
    task = {"vergeTjenestevirksomhet": "nav", "vergeTjenesteoppgave": "arv"}
    rows = read(
        "vergemaalEllerFremtidsfullmakt",
        {"verge": {"tjenesteomraade": [task, task, {**task, "vergeTjenesteoppgave": "laan"}]}},
    )
    assert len(rows) == 2
    assert all(row.startswith("Oppgave: ") and row.count(": ") == 2 for row in rows)


def test_the_office_that_looks_after_a_guardianship() -> None:
    rows = read("vergemaalEllerFremtidsfullmakt", {"vergemaaltype": "voksen", "embete": "statsforvalterenIVestland"})
    assert rows[0].startswith(": ")
    assert rows[1] == "Embete: Statsforvalteren i Vestland"


@pytest.mark.parametrize(
    ("contact", "rows"),
    [
        ({"person": {"foedselsEllerDNummer": NUMBER}}, [f"Kontakt: {NUMBER}"]),
        ({"person": {"personnavn": NAME}}, ["Kontakt: GLAD RØD FISK"]),
        ({"advokat": {"personnavn": NAME, "organisasjonsnavn": "LOV AS"}}, ["Advokat: GLAD RØD FISK / LOV AS"]),
        (
            {"organisasjon": {"organisasjonsnavn": "BO AS", "kontaktpersonnavn": NAME}},
            ["Kontakt: BO AS / GLAD RØD FISK"],
        ),
        ({"attestutstedelsesdato": "2020-01-02"}, ["Attest utstedt: 2. januar 2020"]),
        (
            {"adresse": {"adresselinje": ["Storgata 1"], "postnummer": "6856", "poststedsnavn": "SOGNDAL"}},
            ["Adresse: Storgata 1 / 6856 SOGNDAL"],
        ),
    ],
)
def test_whom_to_ask_about_an_estate(contact: dict[str, Any], rows: list[str]) -> None:
    assert read("kontaktinformasjonForDoedsbo", contact) == rows


def test_a_relative_is_read_by_number_or_by_what_is_known() -> None:
    assert read("familierelasjon", {"relatertPersonsRolle": "mor", "relatertPerson": NUMBER}) == [f"Mor: {NUMBER}"]
    unnumbered = {"relatertPersonsRolle": "far", "relatertPersonUtenFolkeregisteridentifikator": RELATIVE}
    assert read("familierelasjon", unnumbered) == [f"Far: {RELATIVE_READS}"]


def test_a_name_is_read_in_its_other_forms_too() -> None:
    entry = {**NAME, "forkortetNavn": "FISK GLAD R", "originaltNavn": {"fornavn": "GŁAD", "etternavn": "FISK"}}
    assert read("navn", entry) == [
        ": GLAD RØD FISK",
        "Forkortet navn: FISK GLAD R",
        "Opprinnelig skrivemåte: GŁAD FISK",
    ]
    assert read("navn", NAME) == [": GLAD RØD FISK"]


def test_the_year_of_birth_stands_alone_only_where_the_day_is_unknown() -> None:
    assert read("foedsel", {"foedselsdato": "1990-04-17", "foedselsaar": "1990"}) == ["Fødselsdato: 17. april 1990"]
    assert read("foedsel", {"foedselsaar": "1990"}) == ["Fødselsår: 1990"]


def test_the_kommune_of_a_birth_has_the_name_it_had_that_day() -> None:
    """The number 1201 was Bergen's until 2019. No kommune has it today."""
    assert read("foedsel", {"foedselsdato": "1990-04-17", "foedekommuneINorge": "1201"})[1] == "Fødekommune: Bergen"


def test_a_document_is_read_with_who_made_it_and_how_it_was_looked_at() -> None:
    entry = {
        "identifikasjonsdokumentnummer": "A1",
        "utstederland": "SWE",
        "utstedernavn": "POLISEN",
        "gyldigFra": "2020-01-02",
        "gyldigTil": "2030-01-02",
        "dokumentkontroll": {"dokumentkontrolltidspunkt": "2021-03-04"},
    }
    assert read("legitimasjonsdokument", entry) == [
        "Dokumentnummer: A1",
        "Utstederland: Sverige",
        "Utsteder: POLISEN",
        "Gyldig fra: 2. januar 2020",
        "Gyldig til: 2. januar 2030",
        "Kontrollert: 4. mars 2021",
    ]


def test_where_and_how_a_couple_was_wed() -> None:
    entry = {"sivilstandsdato": "2001-05-05", "kommune": "4640", "sted": "KAUPANGER", "utland": "SWE"}
    assert read("sivilstand", entry) == ["Dato: 5. mai 2001", "Kommune: Sogndal", "Sted: KAUPANGER", "Land: Sverige"]
    assert read("sivilstand", {"myndighet": "Dommer Ås"}) == ["Myndighet: Dommer Ås"]
    assert read("sivilstand.relatertVedSivilstand", {"relatertVedSivilstand": NUMBER}) == [f": {NUMBER}"]


def test_a_stay_on_svalbard() -> None:
    entry = {
        "startdato": "2020-01-02",
        "sluttdato": "2021-01-02",
        "fraflyttingsland": "SWE",
        "fraflyttingskommunenummer": "4640",
    }
    assert read("oppholdPaaSvalbard", entry) == [
        "Fra: 2. januar 2020",
        "Til: 2. januar 2021",
        "Flyttet fra land: Sverige",
        "Flyttet fra kommune: Sogndal",
    ]
