"""The feed, thick events and archived persons over HTTP."""

from typing import Any

import httpx
import pytest

from integrations.simulator.doors.readings import Readings
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.conftest import EVERYTHING
from tests.integrations.simulator.door import ADDRESS, WITH, WITHOUT, Document, Door, current, registered
from tests.integrations.simulator.doors.test_control import NEW, PERSON

MISSING = "0123456789abcdef0123456789abcdef"
TWELVE_HUNDRED = 1200


@pytest.fixture(scope="module")
def register(key_pair: tuple[str, str]) -> Simulator:
    """A register of its own, since it is changed, with more events than a page of the feed."""
    return Simulator(Settings(size=TWELVE_HUNDRED // 2, clients=(registered(key_pair[1]),)))


@pytest.fixture(scope="module")
def everyone(register: Simulator) -> dict[str, Document]:
    """Each person's whole document at the start."""
    return {number: register.register.document(number) for number in register.register.numbers()}


@pytest.fixture(autouse=True)
def as_at_the_start(door: Door) -> Any:
    yield
    door.http.delete("/_control/persons").raise_for_status()


def put(door: Door, document: Document) -> None:
    door.http.post("/_control/persons", json=document).raise_for_status()


def advance(door: Door, days: int) -> None:
    door.http.post("/_control/advance", json={"days": days}).raise_for_status()


def last(door: Door) -> int:
    return int(door.get("/hendelser/siste/sekvensnummer").raise_for_status().json())


def feed(door: Door, start: int) -> list[Document]:
    page: list[Document] = door.get("/hendelser/feed", [("seq", str(start))]).raise_for_status().json()
    return page


def newest(door: Door) -> Document:
    event: Document = feed(door, last(door))[0]["hendelse"]
    return event


def thick(door: Door, event: Document) -> Document:
    content: Document = door.get(f"/hendelser/{event['hendelsesdokument']}").raise_for_status().json()
    return content


def archived(door: Door, event: Document, *parts: str) -> Document:
    query = [("part", part) for part in parts]
    person: Document = door.get(f"/personer/arkiv/{event['persondokument']}", query).raise_for_status().json()
    return person


def bulk(door: Door, path: str, ids: list[str], **more: Any) -> httpx.Response:
    return door.post(path, {"dokumentidentifikator": ids}, **more)


def test_everybody_came_in_by_an_event(door: Door, everyone: dict[str, Document]) -> None:
    events = feed(door, 1) + feed(door, 1001)
    assert [event["sekvensnummer"] for event in events] == list(range(1, TWELVE_HUNDRED + 1))
    assert {event["hendelse"]["hendelsetype"] for event in events} == {"personErOpprettet"}
    assert {event["hendelse"]["folkeregisteridentifikator"] for event in events} == everyone.keys()


def test_a_page_holds_a_thousand_events_from_the_number_asked_for(door: Door) -> None:
    assert len(feed(door, 1)) == 1000
    assert [event["sekvensnummer"] for event in feed(door, TWELVE_HUNDRED - 1)] == [TWELVE_HUNDRED - 1, TWELVE_HUNDRED]
    assert feed(door, TWELVE_HUNDRED + 1) == []


def test_the_last_number_is_the_last_of_the_feed(door: Door) -> None:
    assert last(door) == TWELVE_HUNDRED
    put(door, PERSON)
    assert last(door) == TWELVE_HUNDRED + 1 == feed(door, TWELVE_HUNDRED + 1)[0]["sekvensnummer"]


def test_an_unchanged_page_is_not_sent_again(door: Door) -> None:
    query = [("seq", str(TWELVE_HUNDRED))]
    tag = {"If-None-Match": door.get("/hendelser/feed", query).headers["ETag"]}
    again = door.get("/hendelser/feed", query, headers=tag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag["If-None-Match"])
    put(door, PERSON)
    assert len(door.get("/hendelser/feed", query, headers=tag).raise_for_status().json()) == 2


@pytest.mark.parametrize("query", [[], [("seq", "")], [("seq", "-1")], [("seq", "x")], [("seq", "1"), ("seq", "2")]])
def test_a_feed_without_a_number_is_refused(door: Door, query: list[tuple[str, str]]) -> None:
    assert door.get("/hendelser/feed", query).status_code == 400


def test_an_event_has_a_document_and_a_person_as_it_left_them(door: Door, everyone: dict[str, Document]) -> None:
    event = feed(door, 700)[0]["hendelse"]
    document = thick(door, event)
    assert document["dokumentidentifikator"] == event["hendelsesdokument"]
    assert document["hendelse"]["hendelsestype"] == event["hendelsetype"]
    assert document["hendelse"]["ajourholdstidspunkt"] == event["ajourholdstidspunkt"]
    assert {"navn", "status", "identifikasjonsnummer"} <= {
        row["entitet"] for row in document["hendelse"]["egenskapshendelse"]
    }
    assert archived(door, event, *EVERYTHING) == everyone[event["folkeregisteridentifikator"]]


def test_an_archived_person_stays_as_it_was(door: Door, everyone: dict[str, Document]) -> None:
    first = feed(door, 5)[0]["hendelse"]
    number = first["folkeregisteridentifikator"]
    before = everyone[number]
    put(door, before | {"navn": [{"erGjeldende": True, "fornavn": "ANNEN", "etternavn": "NYNAVN"}]})
    assert archived(door, first, *EVERYTHING) == before
    assert thick(door, first)["hendelse"]["hendelsestype"] == "personErOpprettet"
    assert archived(door, newest(door), "navn")["navn"][0]["fornavn"] == "ANNEN"
    put(door, before | {"navn": [{"erGjeldende": True, "fornavn": "TREDJE", "etternavn": "NYNAVN"}]})
    assert archived(door, feed(door, TWELVE_HUNDRED + 1)[0]["hendelse"], "navn")["navn"][0]["fornavn"] == "ANNEN"


def test_the_parts_asked_for_apply_in_the_archive(door: Door) -> None:
    put(door, PERSON)
    event = newest(door)
    assert archived(door, event, "navn").keys() == {"identifikasjonsnummer", "navn", "fremtidigOpplysning"}
    assert len(archived(door, event, "navn")["navn"]) == 1
    assert len(archived(door, event, "navn", "historikk")["navn"]) == 2


def test_many_documents_are_answered_in_the_order_asked_without_unknown_ones(door: Door) -> None:
    events = [event["hendelse"] for event in reversed(feed(door, 1195))]
    asked = [event["hendelsesdokument"] for event in events]
    answer = bulk(door, "/hendelser/bulkoppslag", [MISSING, *asked]).raise_for_status().json()
    assert [document["dokumentidentifikator"] for document in answer] == asked
    persons = bulk(door, "/personer/bulkoppslag/arkiv", [event["persondokument"] for event in events] + [MISSING])
    assert [current(person, "identifikasjonsnummer")[0]["foedselsEllerDNummer"] for person in persons.json()] == [
        event["folkeregisteridentifikator"] for event in events
    ]


def test_an_unknown_document_is_not_found(door: Door) -> None:
    event = feed(door, 1)[0]["hendelse"]
    for path in (f"/hendelser/{MISSING}", f"/personer/arkiv/{MISSING}", "/hendelser/siste"):
        assert door.get(path).status_code == 404
    assert door.get(f"/hendelser/{event['persondokument']}").status_code == 404
    assert door.get(f"/personer/arkiv/{event['hendelsesdokument']}").status_code == 404


@pytest.mark.parametrize("path", ["/hendelser/bulkoppslag", "/personer/bulkoppslag/arkiv"])
@pytest.mark.parametrize("count", [0, 1001])
def test_no_document_or_too_many_are_refused(door: Door, path: str, count: int) -> None:
    assert bulk(door, path, [MISSING] * count).status_code == 400


@pytest.mark.parametrize("path", ["/hendelser/bulkoppslag", "/personer/bulkoppslag/arkiv"])
def test_another_body_is_refused(door: Door, path: str) -> None:
    assert door.post(path, {"dokumentidentifikator": [MISSING], "mer": 1}).status_code == 400
    assert door.post(path, {"foedselsEllerDNummer": [NEW]}).status_code == 400


def test_documents_are_for_those_with_legal_basis(door: Door) -> None:
    event = feed(door, 1)[0]["hendelse"]
    paths = (f"/hendelser/{event['hendelsesdokument']}", f"/personer/arkiv/{event['persondokument']}")
    assert [door.get(path, package=WITHOUT).status_code for path in paths] == [403, 403]
    for path in ("/hendelser/bulkoppslag", "/personer/bulkoppslag/arkiv"):
        assert bulk(door, path, [MISSING], package=WITHOUT).status_code == 403


def test_without_legal_basis_nothing_is_told_of_confidential_changes(door: Door) -> None:
    put(door, PERSON)
    put(door, PERSON | {"opphold": [{"erGjeldende": True, "oppholdstillatelse": "permanent"}]})
    assert newest(door)["hendelsetype"] == "endringIOpphold"
    told = door.get("/hendelser/feed", [("seq", str(TWELVE_HUNDRED))], package=WITHOUT).json()
    assert [event["sekvensnummer"] for event in told] == [TWELVE_HUNDRED, TWELVE_HUNDRED + 1]
    sequence = door.get("/hendelser/siste/sekvensnummer", package=WITHOUT).json()
    assert (sequence, last(door)) == (TWELVE_HUNDRED + 1, TWELVE_HUNDRED + 2)


def test_what_is_older_than_36_months_is_deleted(door: Door) -> None:
    old = feed(door, 1)[0]["hendelse"]
    advance(door, 1096)
    assert door.get(f"/hendelser/{old['hendelsesdokument']}").status_code == 200
    advance(door, 1)
    assert door.get("/hendelser/feed", [("seq", "1")]).status_code == 406
    assert door.get(f"/hendelser/{old['hendelsesdokument']}").status_code == 400
    assert door.get(f"/personer/arkiv/{old['persondokument']}").status_code == 400
    assert bulk(door, "/hendelser/bulkoppslag", [old["hendelsesdokument"]]).status_code == 400
    assert feed(door, TWELVE_HUNDRED + 1)[0]["sekvensnummer"] == TWELVE_HUNDRED + 1


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"navn": [{"fornavn": "ANNEN", "etternavn": "NY"}]}, ["endringINavn"]),
        ({"status": [{"status": "bosatt"}]}, ["personErBosatt"]),
        ({"status": [{"status": "forsvunnet"}]}, ["endringIStatus"]),
        ({"status": [{"status": "doed"}], "doedsfall": {"doedsdato": "2026-01-01"}}, ["personErDoed"]),
        ({"doedsfall": {"doedsdato": "2026-01-01"}}, ["endringIDoedsfall"]),
        (
            {
                "adressebeskyttelse": [{"graderingsnivaa": "fortrolig"}],
                "bostedsadresse": [{"flyttedato": "2026-01-01"}],
            },
            ["endringIAdressebeskyttelse"],
        ),
        ({"bostedsadresse": [{"flyttedato": "2026-01-01"}]}, ["endringIBostedsadresse"]),
        ({"bostedsadresse": [{"grunnkrets": 1}]}, ["endringIBostedsadresseUtenFlytting"]),
        (
            {"bostedsadresse": [{"vegadresse": {"kommunenummer": "5056"}}]},
            ["endringIBostedsadresseVedKommuneregulering"],
        ),
        ({"postadresse": [{"adressegradering": "ugradert"}]}, ["endringIKontaktinformasjon"]),
        ({"rettsligHandleevne": [{"rettsligHandleevneomfang": "personligeForhold"}]}, ["endringIRettsligHandleevne"]),
        ({"fremtidigOpplysning": [{"verdi": "en annen"}]}, ["endringIPerson"]),
        ({}, ["personErOppdatert"]),
        ({"status": [{"status": "opphoert"}], "navn": []}, ["personErOpphoert"]),
        ({"foedselINorge": [{}], "kjoenn": [{"kjoenn": "mann"}]}, ["endringIKjoenn", "endringIFoedselINorge"]),
    ],
)
def test_a_change_put_in_makes_the_event_it_is(door: Door, change: Document, kinds: list[str]) -> None:
    put(door, PERSON)
    put(door, PERSON | change)
    assert [event["hendelse"]["hendelsetype"] for event in feed(door, TWELVE_HUNDRED + 2)] == kinds


@pytest.mark.parametrize("ended", ["doed", "inaktiv", "opphoert"])
def test_whoever_is_back_among_the_living_or_the_active_is_reactivated(door: Door, ended: str) -> None:
    put(door, PERSON | {"status": [{"status": ended}], "doedsfall": {"doedsdato": "2026-01-01"}})
    put(door, PERSON)
    events = [event["hendelse"] for event in feed(door, TWELVE_HUNDRED + 2)]
    assert [event["hendelsetype"] for event in events] == ["personErReaktivert"]
    told = {row["entitet"] for row in thick(door, events[0])["hendelse"]["egenskapshendelse"]}
    assert told == {"status", "doedsfall"}


def test_a_thick_event_tells_what_is_new_put_right_and_taken_away(door: Door) -> None:
    dated = {"gyldighetstidspunkt": "2020-01-01T00:00:00+01:00"}
    first, second = {"fornavn": "A", "etternavn": "B", **dated}, {"fornavn": "Å", "etternavn": "B", **dated}
    papers = {"identitetsgrunnlag": [{"identitetsgrunnlagstatus": "kontrollert"}]}
    put(door, PERSON | {"navn": [first], "postadresse": [{"postboks": "1", **dated}]} | papers)
    put(door, PERSON | {"navn": [second], "postadresse": []} | {"identitetsgrunnlag": []})
    told = {
        row["entitet"]: (row["entitetsendring"], row.keys() - {"entitet", "entitetsendring"})
        for event in feed(door, TWELVE_HUNDRED + 2)
        for row in thick(door, event["hendelse"])["hendelse"]["egenskapshendelse"]
    }
    assert told == {
        "navn": ("korrigere", {"navn"}),
        "kontaktadresse": ("annullere", {"postadresse"}),
        "identitetsgrunnlag": ("annullere", {"identitetsgrunnlag"}),
    }


def test_an_update_has_no_thick_event(door: Door) -> None:
    put(door, PERSON)
    put(door, PERSON)
    event = newest(door)
    assert event.keys() == {"folkeregisteridentifikator", "hendelsetype", "persondokument", "ajourholdstidspunkt"}


def test_everything_is_as_at_the_start_when_persons_are_taken_out(door: Door) -> None:
    before = feed(door, 1190)
    put(door, PERSON)
    advance(door, 30)
    door.http.delete("/_control/persons").raise_for_status()
    assert feed(door, 1190) == before
    assert door.http.post("/_control/advance", json={"days": 0}).json()["today"] == "2026-10-01"
    assert door.get(f"/personer/{NEW}", package=WITH).status_code == 404


def test_protection_is_told_of_without_legal_basis_only_where_the_marking_is_open(key_pair: tuple[str, str]) -> None:
    marked = PERSON | {"adressebeskyttelse": [{"graderingsnivaa": "fortrolig"}]}
    told = {}
    for is_open in (True, False):
        readings = Readings(protection_without_legal_basis=is_open)
        simulator = Simulator(Settings(size=60, clients=(registered(key_pair[1]),), readings=readings))
        with httpx.Client(transport=httpx.WSGITransport(app=simulator), base_url=ADDRESS) as http:
            door = Door(http, key_pair[0])
            start = len(simulator.register) + 1
            put(door, PERSON)
            put(door, marked)
            events = door.get("/hendelser/feed", [("seq", str(start))], package=WITHOUT).raise_for_status().json()
        told[is_open] = [event["hendelse"]["hendelsetype"] for event in events]
    assert told == {True: ["personErOpprettet", "endringIAdressebeskyttelse"], False: ["personErOpprettet"]}
