from integrations.simulator.population import populate
from tests.integrations.simulator.door import WITHOUT, Door, current

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
