import pytest

from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ORGANISATION, WITH, WITHOUT, Door, current, registered

NEW = "41819077302"
PERSON = {
    "identifikasjonsnummer": [
        {"erGjeldende": True, "foedselsEllerDNummer": NEW, "identifikatortype": "dNummer", "status": "iBruk"}
    ],
    "status": [{"erGjeldende": True, "status": "midlertidig"}],
    "navn": [
        {"erGjeldende": True, "fornavn": "NY", "etternavn": "INNSATT"},
        {"erGjeldende": False, "fornavn": "GAMMEL", "etternavn": "INNSATT"},
    ],
    "foedsel": [{"erGjeldende": True, "foedselsdato": "1990-01-01", "foedselsaar": "1990"}],
    "familierelasjon": [{"erGjeldende": True, "relatertPerson": NEW, "relatertPersonsRolle": "barn"}],
    "fremtidigOpplysning": [{"erGjeldende": True, "verdi": "ukjent"}],
}


@pytest.fixture(scope="module")
def register(key_pair: tuple[str, str]) -> Simulator:
    """A small register of its own, since persons are put in."""
    return Simulator(Settings(size=60, clients=(registered(key_pair[1]),)))


def test_a_person_put_in_is_looked_up_and_found(door: Door) -> None:
    assert door.http.post("/_control/persons", json=PERSON).json() == {"numbers": [NEW]}
    assert [row["fornavn"] for row in door.person(NEW, "navn")["navn"]] == ["NY"]
    assert len(door.person(NEW, "navn", "historikk")["navn"]) == 2
    assert NEW in door.search(navn="innsatt", foedselsdato="19900101")


def test_a_person_put_in_is_cut_to_the_package_like_everyone(door: Door) -> None:
    door.http.post("/_control/persons", json=[PERSON])
    assert "familierelasjon" in door.person(NEW, "relasjon-utvidet", package=WITH)
    assert "familierelasjon" not in door.person(NEW, "relasjon-utvidet", package=WITHOUT)
    assert door.person(NEW, package=WITHOUT)["status"][0]["status"] == "aktiv"


def test_a_property_nobody_knows_comes_along_whatever_is_asked_for(door: Door) -> None:
    door.http.post("/_control/persons", json=PERSON)
    assert door.person(NEW, "navn")["fremtidigOpplysning"] == PERSON["fremtidigOpplysning"]


def test_putting_a_person_in_again_replaces_the_first(door: Door) -> None:
    door.http.post("/_control/persons", json=PERSON)
    door.http.post("/_control/persons", json=PERSON | {"navn": [{"fornavn": "ENDA", "etternavn": "NYERE"}]})
    assert current(door.person(NEW, "navn"), "navn")[0]["fornavn"] == "ENDA"
    assert NEW not in door.search(navn="INNSATT")


def test_persons_put_in_are_gone_when_they_are_taken_out(door: Door, cases: dict[str, str]) -> None:
    before = door.person(cases["barn"])
    changed = PERSON | {"identifikasjonsnummer": before["identifikasjonsnummer"]}
    door.http.post("/_control/persons", json=[PERSON, changed])
    assert door.person(cases["barn"]) != before
    door.http.delete("/_control/persons")
    assert door.person(cases["barn"]) == before
    assert NEW not in door.search(navn="innsatt", foedselsdato="19900101")


@pytest.mark.parametrize("body", [{}, {"identifikasjonsnummer": []}, {"identifikasjonsnummer": "1"}, [1], "x"])
def test_what_is_no_person_is_refused(door: Door, body: object) -> None:
    assert door.http.post("/_control/persons", json=body).status_code == 400


def test_what_was_asked_is_remembered_without_whom(door: Door, cases: dict[str, str]) -> None:
    door.person(cases["barn"], "navn", "foedsel")
    door.search(navn="GLAD", foedselsdato="19900101")
    remembered = door.http.get("/_control/requests")
    person = {
        "operation": "person",
        "package": "offentligmedhjemmel",
        "parts": ["navn", "foedsel"],
        "parameters": ["part"],
        "door": "skatteetaten",
        "organisation": ORGANISATION,
    }
    assert person in remembered.json()
    assert "token" in {row["operation"] for row in remembered.json()}
    assert ["foedselsdato", "navn"] in [row["parameters"] for row in remembered.json()]
    assert cases["barn"] not in remembered.text
    assert "GLAD" not in remembered.text


def test_what_was_asked_can_be_forgotten(door: Door, cases: dict[str, str]) -> None:
    door.person(cases["barn"])
    door.http.delete("/_control/requests")
    assert door.http.get("/_control/requests").json() == []


def test_a_refused_call_is_remembered_too(door: Door) -> None:
    door.get("/personer/soek", [("ukjent", "1")])
    assert "search" in {row["operation"] for row in door.http.get("/_control/requests").json()}


def test_health_says_how_many_persons_there_are(door: Door) -> None:
    assert door.http.get("/healthz").json()["persons"] >= 120


def test_the_control_door_knows_its_own_routes(door: Door) -> None:
    assert door.http.get("/_control/elsewhere").status_code == 404
    assert door.http.put("/_control/faults").status_code == 405


@pytest.mark.parametrize("number", ["01010112345", "01410112345", "41010112345", "01930112345"])
def test_a_number_that_is_not_synthetic_is_refused(door: Door, number: str) -> None:
    own = {"identifikasjonsnummer": [PERSON["identifikasjonsnummer"][0] | {"foedselsEllerDNummer": number}]}
    related = {"familierelasjon": [{"erGjeldende": True, "relatertPerson": number, "relatertPersonsRolle": "barn"}]}
    for changed in (own, related):
        answer = door.http.post("/_control/persons", json=PERSON | changed)
        assert answer.status_code == 400
        assert number not in answer.text
