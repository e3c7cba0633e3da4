"""Permitted records as pages."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from integrations.folkeregisteret.documents import (
    Adressenummer,
    Bostedsadresse,
    Doedsfall,
    FalskIdentitet,
    Familierelasjon,
    Foedsel,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    Foreldreansvar,
    GraderingAvAdresse,
    PersonRecord,
    Poststed,
    RelatertBiPerson,
    Sivilstand,
    UkjentBosted,
    Vegadresse,
    VergemaalRepresentasjonEllerFremtidsfullmakt,
    VergeRepresentantEllerFullmektig,
    VergeTjeneste,
    decode_person,
)
from integrations.folkeregisteret.documents import Personnavn as Name
from integrations.folkeregisteret.elements import ELEMENTS
from lookup.personpage.elements import PRESENT
from lookup.personpage.headings import GROUPS
from lookup.personpage.presenters import ElementView, PersonPage, Tag, person_page
from roles.policy.addressprotection import verdict
from roles.policy.fieldpolicy import restrict
from roles.policy.marks import ADDRESS_ELEMENTS as ADDRESSES
from tests.integrations.folkeregisteret.making import as_json
from tests.lookup.people import EVERYTHING, NOBODY, OPEN
from tests.theme import COLOURS

TODAY = date(2026, 11, 23)
RELATED = "16863448801"
HISTORY = {"historikk", "historikk.utvidet", "innflytting.historikk", "utflytting.historikk"}


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    with translation.override("nb"):
        yield


def page(record: PersonRecord, elements: frozenset[str] = EVERYTHING, asked: str = NOBODY) -> PersonPage:
    protection = verdict(record, may_open=False)
    return person_page(restrict(record, elements=elements, protection=protection), asked=asked, today=TODAY)


def shown(person: PersonPage) -> dict[str, ElementView]:
    grouped = (view for group in person.groups for view in (*group.filled, *group.empties))
    return {view.key: view for view in (*grouped, *person.not_in_role)}


def lines(person: PersonPage, key: str) -> list[str]:
    return [str(line) for entry in shown(person)[key].entries for row in entry.rows for line in row.lines]


def test_every_element_of_the_vocabulary_has_one_place_on_the_page() -> None:
    places = [key for group in GROUPS for key in group.elements]
    assert sorted(places) == sorted(ELEMENTS)


def test_every_element_that_holds_entries_can_be_read() -> None:
    assert PRESENT.keys() | HISTORY == ELEMENTS.keys()


@pytest.mark.parametrize("elements", [EVERYTHING, OPEN, frozenset({"navn"}), frozenset()])
def test_every_element_is_shown_once_whatever_the_role(elements: frozenset[str]) -> None:
    person = page(PersonRecord(), elements)
    count = sum(len(group.filled) + len(group.empties) for group in person.groups) + len(person.not_in_role)
    assert shown(person).keys() == ELEMENTS.keys()
    assert count == len(ELEMENTS)


def test_an_address_reads_like_an_envelope() -> None:
    street = Vegadresse(
        kommunenummer="4640",
        adressenavn="Lunden",
        adressenummer=Adressenummer(husnummer="4", husbokstav="B"),
        coAdressenavn="Glad Fisk",
        bruksenhetsnummer="H0201",
        poststed=Poststed(postnummer="6856", poststedsnavn="SOGNDAL"),
    )
    home = Bostedsadresse(vegadresse=street, adressegradering="ugradert", flyttedato=date(2019, 8, 1))
    person = page(PersonRecord(bostedsadresse=(home,)))
    assert lines(person, "bostedsadresse") == [
        "c/o Glad Fisk",
        "Lunden 4B",
        "Bolig H0201",
        "6856 SOGNDAL",
        "Sogndal",
        "1. august 2019",
    ]


def test_a_date_is_written_out_and_gives_the_age() -> None:
    person = page(PersonRecord(foedsel=(Foedsel(foedselsdato=date(2018, 3, 5), foedekommuneINorge="4640"),)))
    assert lines(person, "foedsel") == ["5. mars 2018", "Sogndal"]
    assert person.facts[0].lines == ("5. mars 2018 (8 år)",)


def test_a_moment_of_history_is_the_day_it_is_in_norway() -> None:
    former = Folkeregisterpersonnavn(
        etternavn="FORHEN",
        erGjeldende=False,
        gyldighetstidspunkt="2022-08-08T22:00:00Z",
        opphoerstidspunkt="2022-12-31T23:00:00Z",
    )
    person = page(PersonRecord(navn=(former,)))
    assert lines(person, "navn") == ["FORHEN", "9. august 2022", "1. januar 2023"]


def test_a_moment_that_cannot_be_read_is_said_to_be_unknown() -> None:
    former = Folkeregisterpersonnavn(etternavn="FORHEN", erGjeldende=False, gyldighetstidspunkt="2018-5-1")
    assert lines(page(PersonRecord(navn=(former,))), "navn") == ["FORHEN", "Ukjent dato"]


def test_who_was_born_on_a_leap_day_is_a_year_older_on_the_last_of_february() -> None:
    record = PersonRecord(foedsel=(Foedsel(foedselsdato=date(2008, 2, 29)),))
    shown = restrict(record, elements=EVERYTHING, protection=verdict(record, may_open=False))
    ages = [person_page(shown, asked=NOBODY, today=date(2026, 2, day)).facts[0].lines for day in (27, 28)]
    assert ages == [("29. februar 2008 (17 år)",), ("29. februar 2008 (18 år)",)]


@pytest.mark.parametrize("key", sorted(key for key in ELEMENTS if key == ELEMENTS[key].source))
def test_what_could_not_be_read_is_said_in_place_of_it(key: str) -> None:
    person = page(decode_person(as_json({key: [None]})))
    if key in ADDRESSES:
        assert shown(person)[key].state == "protected", "an address that does not say it is open is hidden"
    else:
        assert lines(person, key)[-1] == "Noe her kan ikke leses"


def test_a_hole_stands_beside_what_could_be_read() -> None:
    record = decode_person(as_json({"foedsel": [{"foedselsdato": "2018-5-1", "foedselsaar": "2018"}]}))
    assert lines(page(record), "foedsel") == ["2018", "Noe her kan ikke leses"]


def test_the_age_is_left_out_of_the_dead_and_of_who_has_no_birth_in_the_role() -> None:
    record = PersonRecord(
        foedsel=(Foedsel(foedselsdato=date(1940, 3, 5)),), doedsfall=Doedsfall(doedsdato=date(2025, 2, 11))
    )
    assert [fact.lines for fact in page(record).facts] == [("5. mars 1940",), ("11. februar 2025",)]
    assert page(record, frozenset({"navn"})).facts == ()


def test_the_name_is_a_heading_only_where_the_role_has_it() -> None:
    record = PersonRecord(navn=(Folkeregisterpersonnavn(fornavn="GLAD", mellomnavn="RØD", etternavn="FISK"),))
    assert page(record).heading == "GLAD RØD FISK"
    assert page(record, frozenset({"foedsel"})).heading == "Navnet er ikke i rollen"
    assert page(PersonRecord()).heading == "Person uten navn"


def test_a_person_found_by_a_former_number_is_shown_with_the_one_in_use() -> None:
    numbers = (
        Folkeregisteridentifikator(foedselsEllerDNummer=NOBODY, status="opphoert", erGjeldende=False),
        Folkeregisteridentifikator(foedselsEllerDNummer=RELATED, status="iBruk", erGjeldende=True),
    )
    person = page(PersonRecord(identifikasjonsnummer=numbers), asked=NOBODY)
    assert (person.number, person.number_changed) == (RELATED, True)
    assert page(PersonRecord(identifikasjonsnummer=numbers), asked=RELATED).number_changed is False


def test_a_related_person_can_be_looked_up_only_by_a_number() -> None:
    relations = (
        Familierelasjon(relatertPerson=RELATED, relatertPersonsRolle="barn"),
        Familierelasjon(
            relatertPersonUtenFolkeregisteridentifikator=RelatertBiPerson(
                navn=Name(fornavn="GLAD", etternavn="FISK"), foedselsdato=date(1990, 4, 17)
            ),
            relatertPersonsRolle="far",
        ),
    )
    entries = shown(page(PersonRecord(familierelasjon=relations)))["familierelasjon"].entries
    assert [entry.rows[0].number for entry in entries] == [RELATED, ""]
    assert entries[1].rows[0].lines == ("GLAD FISK", "Født 17. april 1990")


def test_the_spouse_is_another_element_than_the_civil_status() -> None:
    record = PersonRecord(sivilstand=(Sivilstand(sivilstand="gift", relatertVedSivilstand=RELATED),))
    assert RELATED not in str(shown(page(record, OPEN)))
    assert shown(page(record))["sivilstand.relatertVedSivilstand"].entries[0].rows[0].number == RELATED


def test_parental_responsibility_names_the_other_one_only() -> None:
    responsibility = Foreldreansvar(ansvar="felles", ansvarlig=RELATED, ansvarssubjekt=NOBODY)
    rows = shown(page(PersonRecord(foreldreansvar=(responsibility,))))["foreldreansvar"].entries[0].rows
    assert [row.number for row in rows] == ["", RELATED]


def test_codes_of_open_lists_are_spelled_out() -> None:
    task = VergeTjeneste(vergeTjenestevirksomhet="kommune", vergeTjenesteoppgave="helseOgOmsorg")
    guardian = VergeRepresentantEllerFullmektig(foedselsEllerDNummer=RELATED, tjenesteomraade=(task,))
    guardianship = VergemaalRepresentasjonEllerFremtidsfullmakt(
        vergemaaltype="voksen", embete="statsforvalterenIOsloOgViken", verge=guardian
    )
    person = page(PersonRecord(vergemaalEllerFremtidsfullmakt=(guardianship,)))
    expected = ["Voksen", "Statsforvalteren i Oslo og Viken", "Kommune: Helse og omsorg"]
    assert lines(person, "vergemaalEllerFremtidsfullmakt") == expected


def confidential() -> PersonRecord:
    home = Bostedsadresse(
        vegadresse=Vegadresse(adressenavn="Hemmeligveien", kommunenummer="4640"), adressegradering="fortrolig"
    )
    return PersonRecord(bostedsadresse=(home,), adressebeskyttelse=(GraderingAvAdresse(graderingsnivaa="fortrolig"),))


def test_a_protected_address_says_that_it_cannot_be_shown() -> None:
    person = page(confidential())
    assert shown(person)["bostedsadresse"].state == "protected"
    assert lines(person, "bostedsadresse") == ["Adressen kan ikke vises"]
    assert next(group for group in person.groups if group.key == "adresser").may_open_address


def test_a_role_that_may_not_know_of_protection_reads_the_same_for_an_unknown_residence() -> None:
    unknown = PersonRecord(bostedsadresse=(Bostedsadresse(ukjentBosted=UkjentBosted(bostedskommune="4640")),))
    protected, nowhere = page(confidential(), OPEN), page(unknown, OPEN)
    assert protected == nowhere
    assert lines(protected, "bostedsadresse") == ["Adressen kan ikke vises"]


def test_earlier_values_stand_beneath_the_current_one_with_the_time_they_held() -> None:
    names = (
        Folkeregisterpersonnavn(fornavn="GLAD", etternavn="FISK", erGjeldende=True),
        Folkeregisterpersonnavn(
            fornavn="GLAD", etternavn="FUGL", erGjeldende=False, gyldighetstidspunkt="2001-05-17T00:00:00.123+02:00"
        ),
    )
    entries = shown(page(PersonRecord(navn=names)))["navn"].entries
    assert [entry.past for entry in entries] == [False, True]
    assert [str(line) for row in entries[1].rows for line in row.lines] == ["GLAD FUGL", "17. mai 2001"]


def test_a_role_without_the_number_is_not_told_that_it_has_changed() -> None:
    numbers = (Folkeregisteridentifikator(foedselsEllerDNummer=RELATED, status="iBruk", erGjeldende=True),)
    person = page(PersonRecord(identifikasjonsnummer=numbers), frozenset({"navn"}), asked=NOBODY)
    assert (person.number, person.number_label, person.number_changed) == ("", "Nummer", False)


@pytest.mark.parametrize(("is_false", "tags"), [(True, ["Falsk identitet"]), (False, []), (None, [])])
def test_only_an_identity_that_is_false_is_tagged_as_that(is_false: bool | None, tags: list[str]) -> None:
    record = PersonRecord(falskIdentitet=FalskIdentitet(erFalsk=is_false))
    assert page(record).tags == tuple(Tag(text, "danger") for text in tags)


@pytest.mark.parametrize(
    ("grade", "tags"),
    [
        ("ugradert", []),
        ("klientadresse", []),
        ("fortrolig", ["Adressebeskyttelse: fortrolig"]),
        ("strengtFortrolig", ["Adressebeskyttelse: strengt fortrolig"]),
    ],
)
def test_a_serious_grading_stands_beside_the_name_for_who_may_know_of_it(grade: str, tags: list[str]) -> None:
    record = PersonRecord(adressebeskyttelse=(GraderingAvAdresse(graderingsnivaa=grade),))
    assert page(record).tags == tuple(Tag(text, "danger") for text in tags)
    assert page(record, EVERYTHING - {"adressebeskyttelse"}).tags == ()


def test_a_status_stands_beside_the_name_in_a_colour_of_the_theme_that_warns_of_nothing() -> None:
    record = PersonRecord(status=(Folkeregisterpersonstatus(status="utflyttet"),))
    (tag,) = page(record).tags
    assert (tag.text, tag.colour) == ("Utflyttet", "neutral")
    assert {"neutral", "danger"} <= COLOURS


def test_somebody_related_without_a_number_is_told_by_name_birth_sex_and_citizenship() -> None:
    relative = RelatertBiPerson(
        navn=Name(fornavn="GLAD", mellomnavn="RØD", etternavn="FISK"),
        foedselsdato=date(1990, 4, 17),
        kjoenn="mann",
        statsborgerskap=("SWE",),
    )
    relation = Familierelasjon(relatertPersonUtenFolkeregisteridentifikator=relative, relatertPersonsRolle="far")
    entry = shown(page(PersonRecord(familierelasjon=(relation,))))["familierelasjon"].entries[0]
    assert entry.rows[0].lines == ("GLAD RØD FISK", "Født 17. april 1990", "Mann", "Sverige")
