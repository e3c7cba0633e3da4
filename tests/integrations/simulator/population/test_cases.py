import re
from pathlib import Path
from typing import Any

import pytest

from integrations.simulator.population.casebook import Case
from integrations.simulator.population.population import populate
from integrations.simulator.testpersons import table_of
from tests.integrations.simulator.door import WITHOUT, Document, Door, current

CASES = {
    "vanlig-familie",
    "barn",
    "skilt",
    "doed",
    "fortrolig",
    "strengt-fortrolig",
    "klientadresse",
    "d-nummer",
    "historisk-nummer",
    "utflyttet",
    "opphoert",
    "delt-bosted",
    "verge",
    "navn-med-spesialtegn",
    "husstand-med-fortrolig",
    "forsvunnet",
}
RELATIVES = ("familierelasjon", "sivilstand", "foreldreansvar")


def test_every_promised_case_is_there_with_a_sentence(door: Door) -> None:
    listed = door.http.get("/testpersoner.json").json()
    assert {case["case"] for case in listed} >= CASES
    assert all(case["expect"].endswith(".") and set(case) == {"case", "number", "name", "expect"} for case in listed)
    assert len({case["number"] for case in listed}) == len(listed)


def test_there_are_at_least_forty_and_the_documentation_lists_exactly_them(door: Door) -> None:
    listed = [Case(**case) for case in door.http.get("/testpersoner.json").json()]
    text = (Path(__file__).parents[4] / "docs/testpersoner.md").read_text()
    assert len(listed) >= 40
    assert text == table_of(listed)
    assert re.findall(r"^\| (\S+) \| (\d{11}) \|", text, re.MULTILINE) == [(each.case, each.number) for each in listed]


def test_the_cases_are_the_same_whatever_the_size() -> None:
    small, large = (populate("1", size=size, kommuner=("1870", "4640")) for size in (60, 900))
    assert small.cases == large.cases
    assert small.cases != populate("2", size=60, kommuner=("1870", "4640")).cases


def test_the_ordinary_family_lives_together_and_knows_each_other(door: Door, cases: dict[str, str]) -> None:
    mother = door.person(cases["vanlig-familie"], *RELATIVES, "bostedsadresse")
    assert mother["sivilstand"][0]["relatertVedSivilstand"] == cases["ektefelle"]
    assert {row["relatertPerson"] for row in mother["familierelasjon"]} >= {cases["barn"], cases["skolestarter"]}
    child = door.person(cases["barn"], "bostedsadresse", "foreldreansvar")
    assert child["bostedsadresse"][0]["vegadresse"] == mother["bostedsadresse"][0]["vegadresse"]
    assert {row["ansvarlig"] for row in child["foreldreansvar"]} == {cases["vanlig-familie"], cases["ektefelle"]}


def test_a_former_number_answers_with_the_person_carried_on(door: Door, cases: dict[str, str]) -> None:
    former = door.person(cases["historisk-nummer"], "navn")
    assert former == door.person(cases["viderefoert-nummer"], "navn")
    assert [row["foedselsEllerDNummer"] for row in former["identifikasjonsnummer"]] == [cases["viderefoert-nummer"]]
    both = door.person(cases["historisk-nummer"], "historikk", "navn")["identifikasjonsnummer"]
    assert [(row["identifikatortype"], row["status"]) for row in both] == [
        ("foedselsnummer", "iBruk"),
        ("dNummer", "opphoert"),
    ]


def test_someone_ceased_is_a_skeleton_without_a_name(door: Door, cases: dict[str, str]) -> None:
    document = door.person(cases["opphoert"], "person-basis", "historikk")
    assert set(document) == {"identifikasjonsnummer", "status", "sivilstand"}
    assert document["identifikasjonsnummer"][0]["status"] == "opphoert"
    assert document["identifikasjonsnummer"][0]["erGjeldende"] is True


def test_the_missing_person_is_merely_active_without_legal_basis(door: Door, cases: dict[str, str]) -> None:
    number = cases["forsvunnet"]
    assert door.person(number, "status")["status"][0]["status"] == "forsvunnet"
    assert door.person(number, "status", package=WITHOUT)["status"][0]["status"] == "aktiv"


def test_the_dead_have_a_day_of_death_an_estate_and_no_home(door: Door, cases: dict[str, str]) -> None:
    document = door.person(cases["doed"])
    assert document["doedsfall"]["doedsdato"] == "2025-02-11"
    assert document["kontaktinformasjonForDoedsbo"]
    assert "bostedsadresse" not in document
    assert door.person(cases["enke"], "sivilstand")["sivilstand"][0]["sivilstand"] == "enkeEllerEnkemann"


def test_a_child_with_two_homes_lives_in_one_and_shares_the_other(door: Door, cases: dict[str, str]) -> None:
    child = door.person(cases["delt-bosted"])
    father = door.person(cases["skilt"])
    assert child["deltBosted"][0]["vegadresse"] == father["bostedsadresse"][0]["vegadresse"]
    assert child["bostedsadresse"][0]["vegadresse"] != father["bostedsadresse"][0]["vegadresse"]


def test_one_of_two_at_the_same_address_is_graded(door: Door, cases: dict[str, str]) -> None:
    open_one = door.person(cases["husstand-med-fortrolig"])
    graded = door.person(cases["fortrolig-ektefelle"])
    assert open_one["bostedsadresse"][0]["vegadresse"] == graded["bostedsadresse"][0]["vegadresse"]
    gradings = [each["bostedsadresse"][0]["adressegradering"] for each in (open_one, graded)]
    assert gradings == ["ugradert", "fortrolig"]


def test_the_visitor_has_a_d_number_and_a_stay_but_no_home(door: Door, cases: dict[str, str]) -> None:
    document = door.person(cases["d-nummer"])
    assert document["identifikasjonsnummer"][0]["identifikatortype"] == "dNummer"
    assert document["oppholdsadresse"]
    assert "bostedsadresse" not in document


def test_the_emigrant_has_a_home_in_history_only(door: Door, cases: dict[str, str]) -> None:
    now = door.person(cases["utflyttet"], "bostedsadresse", "postadresseIUtlandet", "utflytting")
    assert set(now) == {"identifikasjonsnummer", "postadresseIUtlandet", "utflytting"}
    assert door.person(cases["utflyttet"], "bostedsadresse", "historikk")["bostedsadresse"]


def test_unusual_letters_come_through_unchanged(door: Door, cases: dict[str, str]) -> None:
    name = door.person(cases["navn-med-spesialtegn"], "navn")["navn"][0]
    assert (name["fornavn"], name["mellomnavn"], name["etternavn"]) == ("ČUODJI-ÆRLIG", "O'MÅKE", "ÁHKKAJÁVRI")


def test_a_long_name_also_has_a_short_form(door: Door, cases: dict[str, str]) -> None:
    assert len(door.person(cases["langt-navn"], "navn")["navn"][0]["forkortetNavn"]) <= 40


def test_the_ward_has_a_guardian_who_is_in_the_register(door: Door, cases: dict[str, str]) -> None:
    ward = door.person(cases["verge"], "vergemaalEllerFremtidsfullmakt", "RettsligHandleevne")
    guardian = ward["vergemaalEllerFremtidsfullmakt"][0]["verge"]["foedselsEllerDNummer"]
    assert current(door.person(guardian, "status"), "status")[0]["status"] == "bosatt"
    assert ward["rettsligHandleevne"]


#: What the whole document of a case has: a path into current entries, and a value there (None: any; ABSENT: none).
ABSENT = object()
SHOWN: list[tuple[str, str, Any]] = [
    ("medmor", "familierelasjon.minRolleForPerson", "medmor"),
    ("tvilling", "foedselINorge.rekkefoelgenummer", 21),
    ("tvilling", "familierelasjon.relatertPersonsRolle", "soesken"),
    ("bor-ikke-med-foreldre", "foreldreansvar.ansvarligOrganisasjon", None),
    ("far-uten-nummer", "familierelasjon.relatertPersonUtenFolkeregisteridentifikator", None),
    ("doedfoedt-barn", "familierelasjon.relatertPersonsRolle", "doedfoedtBarn"),
    ("separert", "sivilstand.sivilstand", "separert"),
    ("registrert-partner", "sivilstand.sivilstand", "registrertPartner"),
    ("separert-partner", "sivilstand.sivilstand", "separertPartner"),
    ("gjenlevende-partner", "sivilstand.sivilstand", "gjenlevendePartner"),
    ("doed-uten-dato", "status.status", "doed"),
    ("doed-uten-dato", "doedsfall.doedsdato", ABSENT),
    ("fremtidsfullmakt", "vergemaalEllerFremtidsfullmakt.vergemaaltype", "stadfestetFremtidsfullmakt"),
    ("sammenslaatt", "identifikasjonsnummer.status", "iBruk"),
    ("originalt-navn", "navn.originaltNavn", None),
    ("falsk-identitet-kjent", "falskIdentitet.rettIdentitetVedIdentifikasjonsnummer", None),
    ("d-nummer-inaktivt", "status.status", "inaktiv"),
    ("bare-foedselsaar", "foedsel.foedselsaar", None),
    ("bare-foedselsaar", "foedsel.foedselsdato", ABSENT),
    ("bare-foedselsaar", "identitetsgrunnlag.identitetsgrunnlagstatus", "ingenStatus"),
    ("foedselsregistrert", "status.status", "foedselsregistrert"),
    ("ikke-bosatt", "status.status", "ikkeBosatt"),
    ("statsloes", "statsborgerskap.statsborgerskap", "XXX"),
    ("nytt-statsborgerskap", "statsborgerskap.statsborgerskap", "NOR"),
    ("bibehold", "bibehold.bibeholdstatus", None),
    ("svalbard", "oppholdPaaSvalbard.antattOppholdsvarighet", None),
    ("flyttet-tilbake", "innflytting.fraflyttingsland", None),
    ("fortrolig-overalt", "oppholdsadresse.adressegradering", "fortrolig"),
    ("fortrolig-overalt", "postadresseIUtlandet.adressegradering", "fortrolig"),
    ("beskyttelse-opphevet", "adressebeskyttelse.graderingsnivaa", "ugradert"),
    ("klientadresse-opphold", "oppholdsadresse.adressegradering", "klientadresse"),
    ("klientadresse-opphold", "bostedsadresse.adressegradering", "ugradert"),
    ("pendler", "oppholdsadresse.oppholdAnnetSted", "pendler"),
    ("militaer", "oppholdsadresse.oppholdAnnetSted", "militaer"),
    ("opphold-svalbard", "oppholdsadresse.oppholdAnnetSted", "paaSvalbard"),
    ("opphold-ukjent", "oppholdsadresse.adressenErUkjent", True),
    ("postboks", "postadresse.postboksadresse", None),
    ("post-fritt-format", "postadresse.postadresseIFrittFormat", None),
    ("post-begge-former", "postadresse.postboksadresse", None),
    ("post-begge-former", "postadresse.postadresseIFrittFormat", None),
    ("utlandet-fritt-format", "postadresseIUtlandet.utenlandskAdresseIFrittFormat", None),
    ("matrikkeladresse", "bostedsadresse.matrikkeladresse", None),
    ("innflyttet", "innflytting.fraflyttingsland", None),
    ("flere-statsborgerskap", "statsborgerskap.statsborgerskap", "SWE"),
    ("samisk", "brukAvSamiskSpraak.spraak", None),
    ("postadresse-utlandet", "postadresseIUtlandet.adressegradering", "ugradert"),
    ("ukjent-bosted", "bostedsadresse.ukjentBosted", None),
]


@pytest.mark.parametrize(("case", "path", "value"), SHOWN)
def test_a_case_shows_what_it_is_for(
    everyone: dict[str, Document], cases: dict[str, str], case: str, path: str, value: Any
) -> None:
    element, field = path.split(".")
    rows = current(everyone[cases[case]], element)
    if value is ABSENT:
        assert all(field not in row for row in rows)
    else:
        assert any(field in row and value in (None, row[field]) for row in rows)


def test_the_number_of_one_case_tells_another_date_than_the_birth_date(
    everyone: dict[str, Document], cases: dict[str, str]
) -> None:
    number = cases["avvik-foedselsdato"]
    born = everyone[number]["foedsel"][0]["foedselsdato"]
    assert f"{number[:2]}{int(number[2:4]) - 80:02}{number[4:6]}" != born[8:] + born[5:7] + born[2:4]


def test_one_who_changed_sex_has_both_in_history_and_two_numbers(
    everyone: dict[str, Document], cases: dict[str, str]
) -> None:
    document = everyone[cases["endret-kjoenn"]]
    assert [row["kjoenn"] for row in document["kjoenn"]] == ["kvinne", "mann"]
    assert [row["status"] for row in document["identifikasjonsnummer"]] == ["iBruk", "opphoert"]


def test_a_ward_may_have_two_guardians_and_an_earlier_one(everyone: dict[str, Document], cases: dict[str, str]) -> None:
    rows = everyone[cases["to-verger"]]["vergemaalEllerFremtidsfullmakt"]
    assert [row["erGjeldende"] for row in rows] == [True, True, False]
    assert len({row["verge"]["foedselsEllerDNummer"] for row in rows if row["erGjeldende"]}) == 2


def test_the_newborn_is_called_after_the_mother_and_the_oldest_is_over_a_hundred(
    everyone: dict[str, Document], cases: dict[str, str]
) -> None:
    assert current(everyone[cases["nyfoedt"]], "navn")[0]["fornavn"].endswith("*PIKE")
    assert everyone[cases["over-hundre"]]["foedsel"][0]["foedselsaar"] < "1926"


def test_the_child_of_foster_parents_lives_with_neither_mother_nor_father(
    everyone: dict[str, Document], cases: dict[str, str]
) -> None:
    child = everyone[cases["bor-ikke-med-foreldre"]]
    home = child["bostedsadresse"][0]["vegadresse"]
    parents = [row["relatertPerson"] for row in child["familierelasjon"] if row["relatertPersonsRolle"] == "mor"]
    assert parents
    assert all(everyone[parent]["bostedsadresse"][0].get("vegadresse") != home for parent in parents)


def test_the_lodger_lives_care_of_somebody(everyone: dict[str, Document], cases: dict[str, str]) -> None:
    assert "coAdressenavn" in str(everyone[cases["co-adresse"]]["bostedsadresse"])


def test_the_cases_have_the_same_numbers_in_any_kommune() -> None:
    numbers = [case.number for case in populate("1", size=60, kommuner=("1870",)).cases]
    elsewhere = [case.number for case in populate("1", size=60, kommuner=("0301", "4601")).cases]
    assert numbers == elsewhere
