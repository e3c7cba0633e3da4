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
    InternasjonalAdresse,
    KontaktadresseIUtlandet,
    PersonRecord,
    Poststed,
    RelatertBiPerson,
    RettsligHandleevne,
    Sivilstand,
    Statsborgerskap,
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
from lookup.personpage.family import family_view
from lookup.personpage.headings import GROUPS
from lookup.personpage.parts import ElementView, PersonPage
from lookup.personpage.presenters import person_page
from roles.access import LegalBasisRef
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
    return dict(person.views)


def places(person: PersonPage) -> list[str]:
    """The key of each element for each time it stands on the page."""
    grouped = (view for group in person.groups for view in group.elements)
    below = (*person.protected, *person.empty, *person.told, *(closed.element for closed in person.closed))
    return [*person.first.keys, *(view.key for view in (*grouped, *below))]


def facts(person: PersonPage) -> list[str]:
    """What the first screen says of birth and death."""
    return [
        str(line) for view in person.first.facts for entry in view.entries for row in entry.rows for line in row.lines
    ]


def past(person: PersonPage, key: str = "historikk") -> list[tuple[str, str, list[str]]]:
    """Of each line of the history: what it was, when, and the value."""
    entries = shown(person)[key].entries
    assert all(entry.past for entry in entries)
    return [(entry.label, entry.period, [str(x) for row in entry.rows for x in row.lines]) for entry in entries]


def lines(person: PersonPage, key: str) -> list[str]:
    return [str(line) for entry in shown(person)[key].entries for row in entry.rows for line in row.lines]


def test_every_element_of_the_vocabulary_has_one_place_on_the_page() -> None:
    places = [key for group in GROUPS for key in group.elements]
    assert sorted(places) == sorted(ELEMENTS)


def test_every_element_that_holds_entries_can_be_read() -> None:
    assert PRESENT.keys() | HISTORY == ELEMENTS.keys()


@pytest.mark.parametrize("elements", [EVERYTHING, OPEN, frozenset({"navn"}), frozenset()])
def test_every_element_is_shown_once_whatever_the_role(elements: frozenset[str]) -> None:
    for record in (PersonRecord(), everything_of()):
        person = page(record, elements)
        assert sorted(places(person)) == sorted(ELEMENTS)
        assert shown(person).keys() == ELEMENTS.keys()


def everything_of() -> PersonRecord:
    """Somebody with a value of every element that can have one, a current and an earlier one."""
    held = {
        key: [{}, {"erGjeldende": False, "gyldighetstidspunkt": "2001-05-17T00:00:00+02:00"}]
        for key in ELEMENTS
        if key == ELEMENTS[key].source and key not in {"doedsfall", "falskIdentitet"}
    }
    for key in ADDRESSES:
        held[key] = [{"adressegradering": "ugradert", **entry} for entry in held[key]]
    held["adressebeskyttelse"] = [{"graderingsnivaa": "ugradert"}]
    held["familierelasjon"] = [{"relatertPerson": RELATED, "relatertPersonsRolle": "barn"}]
    return decode_person(
        as_json({**held, "doedsfall": {"doedsdato": "2025-02-11"}, "falskIdentitet": {"erFalsk": True}})
    )


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
    assert facts(person) == ["5. mars 2018 (8 år)", "Sogndal"]


def test_a_moment_of_history_is_the_day_it_is_in_norway() -> None:
    former = Folkeregisterpersonnavn(
        etternavn="FORHEN",
        erGjeldende=False,
        gyldighetstidspunkt="2022-08-08T22:00:00Z",
        opphoerstidspunkt="2022-12-31T23:00:00Z",
    )
    person = page(PersonRecord(navn=(former,)))
    assert past(person) == [("Navn", "9. august 2022 til 1. januar 2023", ["FORHEN"])]


@pytest.mark.parametrize(
    ("begin", "end", "period"),
    [
        ("2018-5-1", None, "Fra Ukjent dato"),
        ("2018-05-01T00:00:00+02:00", None, "Fra 1. mai 2018"),
        (None, "2018-05-01T00:00:00+02:00", "Til 1. mai 2018"),
        (None, None, "Tidspunktet er ikke registrert"),
    ],
)
def test_a_period_says_what_is_known_of_it(begin: str | None, end: str | None, period: str) -> None:
    former = Folkeregisterpersonnavn(
        etternavn="FORHEN", erGjeldende=False, gyldighetstidspunkt=begin, opphoerstidspunkt=end
    )
    assert past(page(PersonRecord(navn=(former,)))) == [("Navn", period, ["FORHEN"])]


def test_where_one_value_holds_at_a_time_the_next_one_ends_it() -> None:
    def called(surname: str, since: str, *, now: bool = False) -> Folkeregisterpersonnavn:
        return Folkeregisterpersonnavn(etternavn=surname, erGjeldende=now, gyldighetstidspunkt=since)

    names = (called("FØRST", "1990-01-01"), called("SIST", "2010-03-04", now=True), called("SÅ", "2001-05-17"))
    assert past(page(PersonRecord(navn=names))) == [
        ("Navn", "17. mai 2001 til 4. mars 2010", ["SÅ"]),
        ("Navn", "1. januar 1990 til 17. mai 2001", ["FØRST"]),
    ]


def test_of_what_several_hold_at_a_time_no_end_is_guessed() -> None:
    countries = (
        Statsborgerskap(statsborgerskap="SWE", erGjeldende=False, gyldighetstidspunkt="1990-01-01"),
        Statsborgerskap(statsborgerskap="NOR", erGjeldende=True, gyldighetstidspunkt="2010-01-01"),
    )
    assert past(page(PersonRecord(statsborgerskap=countries)), "historikk.utvidet") == [
        ("Statsborgerskap", "Fra 1. januar 1990", ["Sverige"])
    ]


def test_a_former_address_has_its_districts_and_never_the_place_of_the_present() -> None:
    street = Vegadresse(adressenavn="Lunden", adressenummer=Adressenummer(husnummer="4"))
    former = Bostedsadresse(vegadresse=street, adressegradering="ugradert", grunnkrets=307, erGjeldende=False)
    person = page(PersonRecord(bostedsadresse=(former,)))
    assert past(person) == [("Bostedsadresse", "Tidspunktet er ikke registrert", ["Lunden 4", "307"])]
    assert person.first.address == ()
    assert "bostedsadresse" in {view.key for view in person.empty if view.state == "value"}


def test_who_was_born_on_a_leap_day_is_a_year_older_on_the_last_of_february() -> None:
    record = PersonRecord(foedsel=(Foedsel(foedselsdato=date(2008, 2, 29)),))
    shown = restrict(record, elements=EVERYTHING, protection=verdict(record, may_open=False))
    ages = [facts(person_page(shown, asked=NOBODY, today=date(2026, 2, day))) for day in (27, 28)]
    assert ages == [["29. februar 2008 (17 år)"], ["29. februar 2008 (18 år)"]]


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
    assert facts(page(record)) == ["5. mars 1940", "11. februar 2025 (ble 84 år)"]
    assert facts(page(record, frozenset({"doedsfall"}))) == ["11. februar 2025"]
    assert facts(page(record, frozenset({"navn"}))) == []


def test_the_name_is_a_heading_only_where_the_role_has_it() -> None:
    record = PersonRecord(navn=(Folkeregisterpersonnavn(fornavn="GLAD", mellomnavn="RØD", etternavn="FISK"),))
    assert page(record).first.heading == "GLAD RØD FISK"
    assert page(record, frozenset({"foedsel"})).first.heading == "Navnet er ikke i rollen"
    assert page(PersonRecord()).first.heading == "Person uten navn"


def test_a_person_found_by_a_former_number_is_shown_with_the_one_in_use() -> None:
    numbers = (
        Folkeregisteridentifikator(foedselsEllerDNummer=NOBODY, status="opphoert", erGjeldende=False),
        Folkeregisteridentifikator(foedselsEllerDNummer=RELATED, status="iBruk", erGjeldende=True),
    )
    person = page(PersonRecord(identifikasjonsnummer=numbers), asked=NOBODY)
    assert (person.first.number, person.first.number_asked) == (RELATED, NOBODY)
    assert page(PersonRecord(identifikasjonsnummer=numbers), asked=RELATED).first.number_asked == ""


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
    assert lines(person, "bostedsadresse") == ["Skjermet", "Adressen kan ikke vises"]


def test_a_role_that_may_not_know_of_protection_reads_the_same_for_an_unknown_residence() -> None:
    unknown = PersonRecord(bostedsadresse=(Bostedsadresse(ukjentBosted=UkjentBosted(bostedskommune="4640")),))
    protected, nowhere = page(confidential(), OPEN), page(unknown, OPEN)
    assert protected == nowhere
    assert lines(protected, "bostedsadresse") == ["Adressen kan ikke vises"]


def test_a_role_without_the_number_is_not_told_that_it_has_changed() -> None:
    numbers = (Folkeregisteridentifikator(foedselsEllerDNummer=RELATED, status="iBruk", erGjeldende=True),)
    first = page(PersonRecord(identifikasjonsnummer=numbers), frozenset({"navn"}), asked=NOBODY).first
    assert (first.number, first.number_label, first.number_asked) == ("", "Nummer", "")


def test_a_number_in_use_is_said_once_with_its_kind() -> None:
    number = Folkeregisteridentifikator(foedselsEllerDNummer=NOBODY, identifikatortype="foedselsnummer", status="iBruk")
    first = page(PersonRecord(identifikasjonsnummer=(number,))).first
    assert (first.number, first.number_label) == (NOBODY, "Fødselsnummer")
    assert first.numbers is not None
    assert first.numbers.entries == ()


def test_a_number_that_has_ceased_is_said_to_have() -> None:
    number = Folkeregisteridentifikator(foedselsEllerDNummer=NOBODY, identifikatortype="dNummer", status="opphoert")
    first = page(PersonRecord(identifikasjonsnummer=(number,))).first
    assert first.numbers is not None
    assert [str(row.lines[0]) for entry in first.numbers.entries for row in entry.rows][-1] == "Opphørt"


@pytest.mark.parametrize(("given", "explained"), [("GLAD*PIKE", True), ("GLAD", False)])
def test_the_name_of_a_child_that_has_none_yet_is_explained(given: str, explained: bool) -> None:
    person = page(PersonRecord(navn=(Folkeregisterpersonnavn(fornavn=given, etternavn="FISK"),)))
    assert ("Barnet har ikke fått navn" in person.first.note) is explained


@pytest.mark.parametrize(("born", "explained"), [(date(2026, 11, 1), True), (date(1990, 11, 1), False)])
def test_a_newborn_without_a_name_is_explained(born: date, explained: bool) -> None:
    record = PersonRecord(foedsel=(Foedsel(foedselsdato=born),))
    assert ("Barnet har ikke fått navn" in page(record).first.note) is explained
    assert page(record, frozenset({"foedsel"})).first.note == ""


def test_who_has_no_residence_is_found_at_the_first_other_address() -> None:
    abroad = KontaktadresseIUtlandet(
        utenlandskAdresse=InternasjonalAdresse(adressenavn="Gatan 10", landkode="SE"), adressegradering="ugradert"
    )
    person = page(PersonRecord(postadresseIUtlandet=(abroad,)))
    assert [view.key for view in person.first.address] == ["postadresseIUtlandet"]


def tagged(record: PersonRecord, elements: frozenset[str] = EVERYTHING) -> list[tuple[str, str]]:
    tags = page(record, elements).first.tags
    assert {tag.colour for tag in tags} <= COLOURS
    return [(tag.text, tag.colour) for tag in tags]


@pytest.mark.parametrize("is_false", [True, False, None])
def test_only_an_identity_that_is_false_is_tagged_as_that(is_false: bool | None) -> None:
    record = PersonRecord(falskIdentitet=FalskIdentitet(erFalsk=is_false))
    assert tagged(record) == ([("Falsk identitet", "danger")] if is_false else [])


@pytest.mark.parametrize(
    ("grade", "tags"),
    [
        ("ugradert", []),
        ("klientadresse", []),
        ("fortrolig", [("Adressebeskyttelse: fortrolig", "danger")]),
        ("strengtFortrolig", [("Adressebeskyttelse: strengt fortrolig", "danger")]),
    ],
)
def test_a_serious_grading_stands_beside_the_name_for_who_may_know_of_it(
    grade: str, tags: list[tuple[str, str]]
) -> None:
    record = PersonRecord(adressebeskyttelse=(GraderingAvAdresse(graderingsnivaa=grade),) * 2)
    assert sorted(set(tagged(record))) == tags
    assert tagged(record, EVERYTHING - {"adressebeskyttelse"}) == []


@pytest.mark.parametrize(
    ("status", "tag"),
    [
        ("bosatt", ("Bosatt", "success")),
        ("utflyttet", ("Utflyttet", "warning")),
        ("doed", ("Død", "danger")),
        ("opphoert", ("Opphørt", "danger")),
        ("noe nytt", ("Ukjent kode", "info")),
    ],
)
def test_a_status_stands_beside_the_name_in_a_colour_of_its_own(status: str, tag: tuple[str, str]) -> None:
    assert tagged(PersonRecord(status=(Folkeregisterpersonstatus(status=status),)))[:1] == [tag]


def test_a_confidential_status_is_said_once_and_said_to_be_that() -> None:
    record = PersonRecord(status=(Folkeregisterpersonstatus(status="forsvunnet"),))
    assert tagged(record) == [("Forsvunnet", "warning"), ("Statusen er taushetsbelagt", "warning")]
    assert tagged(record, OPEN) == [("Aktiv", "info")]


def test_a_death_stands_out_also_where_the_role_has_no_status() -> None:
    record = PersonRecord(doedsfall=Doedsfall(doedsdato=date(2025, 2, 11)))
    assert tagged(record, frozenset({"doedsfall"})) == [("Død", "danger")]


@pytest.mark.parametrize(
    ("kind", "tags"),
    [("voksen", ["Har verge"]), (None, ["Har verge"]), ("stadfestetFremtidsfullmakt", ["Har fremtidsfullmakt"])],
)
def test_a_guardian_and_a_limited_capacity_stand_out_and_lead_to_more(kind: str | None, tags: list[str]) -> None:
    guarded = VergemaalRepresentasjonEllerFremtidsfullmakt(vergemaaltype=kind)
    record = PersonRecord(vergemaalEllerFremtidsfullmakt=(guarded,), rettsligHandleevne=(RettsligHandleevne(),))
    told = page(record).first.tags
    assert [tag.text for tag in told] == [*tags, "Begrenset rettslig handleevne"]
    assert [tag.to for tag in told] == ["vergemaalEllerFremtidsfullmakt", "rettsligHandleevne"]


def test_what_another_element_tells_is_not_called_not_in_the_role() -> None:
    less = EVERYTHING - {"sivilstand.relatertVedSivilstand"}
    person = page(PersonRecord(), less)
    assert [view.key for view in person.told] == ["sivilstand.relatertVedSivilstand"]
    assert person.closed == ()
    neither = page(PersonRecord(), less - {"familierelasjon"})
    assert neither.told == ()
    assert {closed.element.key for closed in neither.closed} == {"sivilstand.relatertVedSivilstand", "familierelasjon"}


def test_what_is_not_in_the_role_has_the_service_areas_that_may_have_it() -> None:
    record = restrict(PersonRecord(), elements=OPEN, protection=verdict(PersonRecord(), may_open=False))
    person = person_page(record, asked=NOBODY, today=TODAY, areas={"familierelasjon": ("Barnehage", "Barnevern")})
    areas = {closed.element.key: closed.areas for closed in person.closed}
    assert areas["familierelasjon"] == ("Barnehage", "Barnevern")
    assert areas["opphold"] == ()


def test_each_group_has_the_legal_bases_its_elements_rest_on() -> None:
    record = PersonRecord(
        navn=(Folkeregisterpersonnavn(etternavn="FISK"),), statsborgerskap=(Statsborgerskap(statsborgerskap="NOR"),)
    )
    bases = (
        LegalBasisRef("a", "Folkeregisterloven", "§ 10-1", opens=frozenset({"navn", "foedsel"})),
        LegalBasisRef("b", "Barnehageloven (2005)", "§ 47", is_proposal=True, opens=frozenset({"statsborgerskap"})),
        LegalBasisRef("c", "Skoleloven", "§ 1", opens=frozenset({"opphold"})),
    )
    permitted = restrict(record, elements=EVERYTHING, protection=verdict(record, may_open=False))
    person = person_page(permitted, asked=NOBODY, today=TODAY, bases=bases)
    assert person.first.bases == ("Folkeregisterloven § 10-1",)
    assert [(group.key, group.bases) for group in person.groups] == [("identitet", ("Barnehageloven § 47 (forslag)",))]


def test_what_the_family_by_name_says_stands_nowhere_else_and_has_its_legal_bases() -> None:
    record = PersonRecord(
        familierelasjon=(Familierelasjon(relatertPerson=RELATED, relatertPersonsRolle="barn"),),
        foreldreansvar=(Foreldreansvar(ansvar="mor", ansvarssubjekt=RELATED),),
    )
    permitted = restrict(record, elements=EVERYTHING, protection=verdict(record, may_open=False))
    bases = (LegalBasisRef("b", "Barnehageloven", "§ 47", opens=frozenset({"familierelasjon"})),)
    family = family_view(permitted, {}, asked=NOBODY, today=TODAY)
    person = person_page(permitted, asked=NOBODY, today=TODAY, family=family, bases=bases)
    assert person.family is not None
    assert [view.key for view in person.family.elements] == ["familierelasjon", "foreldreansvar"]
    assert person.family.bases == ("Barnehageloven § 47",)
    assert person.groups == ()
    alone = person_page(permitted, asked=NOBODY, today=TODAY)
    assert (alone.family, [group.key for group in alone.groups]) == (None, ["familie"])


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
