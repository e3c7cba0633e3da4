"""Where the register's sources disagree: each reading."""

from collections.abc import Callable

import httpx
import msgspec
import pytest

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.doors.readings import Readings
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, PATHS, WITH, WITHOUT, Document, Door, registered

NUMBER = "41819077302"
DUF_SPELLINGS = {"utlendingsmyndighetenesidentifikasjonsnummer", "utlendingsmyndighetenesIdentifikasjonsnummer"}
PERSON: Document = {
    "identifikasjonsnummer": [
        {"erGjeldende": True, "foedselsEllerDNummer": NUMBER, "identifikatortype": "dNummer"} | {"status": "iBruk"}
    ],
    "status": [{"erGjeldende": True, "status": "bosatt"}],
    "foedsel": [{"erGjeldende": True, "foedselsdato": "1990-01-01", "foedselsaar": "1990"}],
    "navn": [
        {"erGjeldende": True, "fornavn": "NY", "etternavn": "INNSATT"},
        {"erGjeldende": False, "fornavn": "NY", "etternavn": "FØR"},
    ],
    "postadresse": [
        {"erGjeldende": False, "adressegradering": "ugradert", "postboksadresse": {"postboks": "1"}},
    ],
    "bostedsadresse": [
        {"erGjeldende": True, "adressegradering": "ugradert", "ukjentBosted": {"bostedskommune": "4640"}},
        {"erGjeldende": False, "adressegradering": "ugradert", "ukjentBosted": {"bostedskommune": "1870"}},
    ],
    "adressebeskyttelse": [{"erGjeldende": True, "graderingsnivaa": "ugradert"}],
}


@pytest.fixture
def reading(key_pair: tuple[str, str]) -> Callable[..., Door]:
    """Opens a register with these readings and one person."""

    def opened(**readings: object) -> Door:
        client, read = registered(key_pair[1]), msgspec.convert(readings, Readings)
        settings = Settings(size=20, signing_key=key_pair[0], clients=(client,), readings=read)
        door = Door(httpx.Client(transport=httpx.WSGITransport(app=Simulator(settings)), base_url=ADDRESS), key_pair[0])
        door.http.post("/_control/persons", json=PERSON).raise_for_status()
        return door

    return opened


Reading = Callable[..., Door]


@pytest.mark.parametrize("package", [WITH, WITHOUT])
def test_the_marking_of_protection_may_come_in_both_packages(reading: Reading, package: RightsPackage) -> None:
    assert "adressebeskyttelse" in reading().person(NUMBER, package=package)


def test_the_marking_of_protection_may_need_a_legal_basis(reading: Reading) -> None:
    door = reading(protection_without_legal_basis=False)
    assert "adressebeskyttelse" in door.person(NUMBER, package=WITH)
    assert "adressebeskyttelse" not in door.person(NUMBER, package=WITHOUT)
    rows = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": [NUMBER]}, package=WITHOUT).json()["oppslag"]
    assert "adressebeskyttelse" not in rows[0]["folkeregisterperson"]
    assert "navn" in rows[0]["folkeregisterperson"]
    marking = door.get(f"/personer/{NUMBER}", [("part", "adressebeskyttelse")], package=WITHOUT)
    assert marking.status_code == 403


@pytest.mark.parametrize(
    ("spelling", "answers"),
    [("either", [200, 200]), ("RettsligHandleevne", [200, 400]), ("rettsligHandleevne", [400, 200])],
)
def test_the_part_of_legal_capacity_may_be_spelled_in_one_way_only(
    reading: Reading, spelling: str, answers: list[int]
) -> None:
    door = reading(legal_capacity_part=spelling)
    asked = [[("part", part)] for part in ("RettsligHandleevne", "rettsligHandleevne")]
    assert [door.get(f"/personer/{NUMBER}", query).status_code for query in asked] == answers


def test_open_history_may_cover_every_address_or_only_where_somebody_lives(reading: Reading) -> None:
    parts = ("postadresse", "bostedsadresse", "navn", "historikk")
    every = reading().person(NUMBER, *parts, package=WITHOUT)
    assert [len(every[name]) for name in parts[:3]] == [1, 2, 2]
    narrow = reading(open_history="home")
    home = narrow.person(NUMBER, *parts, package=WITHOUT)
    assert "postadresse" not in home
    assert [len(home[name]) for name in parts[1:3]] == [2, 2]
    assert len(narrow.person(NUMBER, *parts, package=WITH)["postadresse"]) == 1


@pytest.mark.parametrize(("unit", "header"), [("milliseconds", "1500"), ("seconds", "2")])
def test_the_wait_may_be_in_milliseconds_or_in_seconds(reading: Reading, unit: str, header: str) -> None:
    door = reading(retry_after=unit)
    door.http.post("/_control/faults", json={"operation": "person", "kind": "429", "ms": 1500}).raise_for_status()
    assert door.get(f"/personer/{NUMBER}").headers["Retry-After"] == header


@pytest.mark.parametrize("spelling", sorted(DUF_SPELLINGS))
def test_the_parameter_of_the_duf_number_is_spelled_in_one_way(reading: Reading, spelling: str) -> None:
    door = reading(duf_parameter=spelling)
    asked = [[("navn", "NY INNSATT"), (name, "200012345678")] for name in (spelling, *(DUF_SPELLINGS - {spelling}))]
    assert [door.get("/personer/entydigsoek", query).status_code for query in asked] == [404, 400]


@pytest.mark.parametrize(("rule", "status"), [("2026", 404), ("1.5", 400)])
def test_the_right_to_a_hit_is_the_pages_or_the_files(reading: Reading, rule: str, status: int) -> None:
    query = [("navn", "NY INNSATT"), ("postnummer", "0001")]
    assert reading(unique_search=rule).get("/personer/entydigsoek", query).status_code == status


def test_as_many_documents_are_given_at_a_time_as_are_read_to_be_allowed(reading: Reading) -> None:
    door = reading(most_documents_in_bulk=2)
    for path in ("/hendelser/bulkoppslag", "/personer/bulkoppslag/arkiv"):
        assert door.post(path, {"dokumentidentifikator": ["x"] * 3}).status_code == 400


@pytest.mark.parametrize(("reading_", "kind"), [("bare", int), ("object", dict)])
def test_the_latest_number_comes_bare_or_in_an_object(reading: Reading, reading_: str, kind: type) -> None:
    assert isinstance(reading(latest_sequence=reading_).get("/hendelser/siste/sekvensnummer").json(), kind)


def test_what_live_clients_send_is_refused_or_taken(reading: Reading) -> None:
    sent = {"Accept": "", "X-Request-Id": "1", "Korrelasjonsid": "1"}
    for live, status in ((False, 400), (True, 200)):
        door = reading(live_clients=live)
        answer = door.http.get(
            f"{PATHS[WITH]}/hendelser/siste/sekvensnummer", headers=sent | {"Authorization": f"Bearer {door.token()}"}
        )
        assert (answer.status_code == status) is True, answer.text
