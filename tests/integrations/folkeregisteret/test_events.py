"""The feed and its documents: what is asked, and what the answers become."""

import json
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.documents import Bostedsadresse, Identitetsgrunnlag
from integrations.folkeregisteret.doors import Dialect, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import DocumentGone, FeedTooOld
from integrations.folkeregisteret.events import EVENT_TYPES, Registerdata
from integrations.folkeregisteret.novelties import NOVELTIES
from integrations.http.errors import InvalidRequest, UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ERROR_SHAPES, READ_PROPERTIES, document
from tests.integrations.folkeregisteret.register import Register, client_of

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
ID, ANOTHER_ID = "55591b51-0000-4000-8000-000000000001", "55591b51-0000-4000-8000-000000000002"


def ok(content: object, **headers: str) -> httpx.Response:
    return httpx.Response(200, json=content, headers=headers)


def entry(sequence: int, event_type: str = "endringINavn") -> dict[str, object]:
    event = {"folkeregisteridentifikator": A_NUMBER, "hendelsetype": event_type, "hendelsesdokument": ID}
    return {"sekvensnummer": sequence, "hendelse": event | {"ajourholdstidspunkt": "2026-06-20T09:26:03.689+02:00"}}


def thick(*changed: dict[str, Any], of: str = ID, event_type: str = "endringIBostedsadresse") -> dict[str, Any]:
    event = {"folkeregisteridentifikator": A_NUMBER, "hendelsestype": event_type, "egenskapshendelse": list(changed)}
    return {"dokumentidentifikator": of, "skjemaversjon": "1.5", "hendelse": event}


@pytest.mark.parametrize("answer", [{"sekvensnummer": 40241}, 40241])
@pytest.mark.parametrize("package", [WITH, WITHOUT])
def test_the_latest_event_comes_in_an_object_or_bare(package: RightsPackage, answer: object) -> None:
    register = Register(ok(answer))
    assert client_of(register).latest_event(package) == 40241
    assert register.asked[0].url.path.endswith("/v1/hendelser/siste/sekvensnummer")


@pytest.mark.parametrize("answer", [{}, [], "40241x", None, {"kode": "FREG-001", "melding": "Feil"}])
def test_an_answer_that_is_no_number_is_not_the_latest_event(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(ok(answer))).latest_event(WITH)


def test_a_page_of_the_feed_begins_with_the_number_asked_for() -> None:
    register = Register(ok([entry(7), entry(9)], ETag='"abc"'))
    page = client_of(register).feed(WITH, 7)
    assert dict(register.asked[0].url.params) == {"seq": "7"}
    assert register.asked[0].url.path.endswith("/v1/hendelser/feed")
    assert "If-None-Match" not in register.asked[0].headers
    assert [one.sekvensnummer for one in page.entries] == [7, 9]
    assert page.entries[0].hendelse.hendelsesdokument == ID
    assert (page.etag, page.unchanged, page.next_sequence(7)) == ('"abc"', False, 10)


def test_an_empty_page_is_gone_on_from_where_it_was_asked() -> None:
    assert client_of(Register(ok([]))).feed(WITH, 7).next_sequence(7) == 7


def test_a_page_that_is_as_it_was_is_not_sent_again() -> None:
    register = Register(httpx.Response(304))
    page = client_of(register).feed(WITH, 7, etag='"abc"')
    assert register.asked[0].headers["If-None-Match"] == '"abc"'
    assert (page.entries, page.etag, page.unchanged, page.next_sequence(7)) == ((), '"abc"', True, 7)
    assert len(register.asked) == 1


@pytest.mark.parametrize("shape", ERROR_SHAPES)
def test_events_the_register_has_deleted_are_too_old(shape: str) -> None:
    register = Register(httpx.Response(406, json=ERROR_SHAPES[shape]))
    with pytest.raises(FeedTooOld) as old:
        client_of(register).feed(WITH, 1)
    assert (old.value.retryable, len(register.asked)) == (False, 1)
    assert A_NUMBER not in f"{old.value!r}"


@pytest.mark.parametrize("sequences", [[8, 8], [9, 8], [6], [7, 9, 8]])
def test_a_page_out_of_order_would_lose_events_and_is_not_believed(sequences: list[int]) -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(ok([entry(one) for one in sequences]))).feed(WITH, 7)


@pytest.mark.parametrize("answer", [{}, [1], [{"sekvensnummer": "x"}], [{"hendelse": {}}], {"feilmelding": "Feil"}])
def test_an_answer_that_is_no_page_is_unexpected(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(ok(answer))).feed(WITH, 7)


@pytest.mark.parametrize(("sequence", "etag"), [(-1, ""), (1, "a\r\nAuthorization: x"), (1, "æ"), (1, "x" * 201)])
def test_a_malformed_request_to_the_feed_is_never_sent(sequence: int, etag: str) -> None:
    register = Register(ok([]))
    with pytest.raises(InvalidRequest):
        client_of(register).feed(WITH, sequence, etag)
    assert not register.asked


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_type_of_event_is_known(event_type: str) -> None:
    before = dict(NOVELTIES.counts())
    page = client_of(Register(ok([entry(1, event_type)]))).feed(WITH, 1)
    assert page.entries[0].hendelse.hendelsetype == event_type
    assert NOVELTIES.counts() == before


def test_a_new_type_of_event_survives_and_is_counted_each_time() -> None:
    name = "hendelse.hendelsetype=endringINoeHeltNytt"
    before = NOVELTIES.counts().get(name, 0)
    page = client_of(Register(ok([entry(one, "endringINoeHeltNytt") for one in (1, 2, 3)]))).feed(WITH, 1)
    assert {one.hendelse.hendelsetype for one in page.entries} == {"endringINoeHeltNytt"}
    assert NOVELTIES.counts()[name] == before + 3


def test_the_table_of_types_speaks_of_properties_that_exist_and_names_the_urgent_ones() -> None:
    assert all(kind.properties <= READ_PROPERTIES for kind in EVENT_TYPES.values())
    assert {name for name, kind in EVENT_TYPES.items() if kind.urgent} == {
        "endringIAdressebeskyttelse",
        "endringIDoedsfall",
        "endringIFalskIdentitet",
        "personErReaktivert",
    }
    assert not EVENT_TYPES["personErOppdatert"].thick
    assert not EVENT_TYPES["personErOpphoertSomDublett"].leaves_document


ADDRESSES = {"bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet"}


def test_a_change_may_have_touched_the_property_it_bears_the_name_of() -> None:
    names = {name: name.removeprefix("endringI") for name in EVENT_TYPES if name.startswith("endringI")}
    named = {name: rest[:1].lower() + rest[1:] for name, rest in names.items()}
    for name, property_named in named.items():
        if property_named in READ_PROPERTIES:
            assert property_named in EVENT_TYPES[name].properties


@pytest.mark.parametrize(
    ("event_type", "properties"),
    [
        ("endringIAdressebeskyttelse", {"adressebeskyttelse", *ADDRESSES}),
        ("endringIKontaktinformasjon", {"postadresse", "postadresseIUtlandet"}),
        ("endringIStatsborgerskap", {"statsborgerskap", "bibehold"}),
        ("endringIBostedsadresseUtenFlytting", {"bostedsadresse"}),
        ("endringIBostedsadresseVedKommuneregulering", {"bostedsadresse"}),
        ("endringIPerson", set()),
        ("personErOppdatert", set()),
    ],
)
def test_a_change_may_have_touched_what_hangs_on_it(event_type: str, properties: set[str]) -> None:
    """None named means any. A new grading reaches every address that was kept."""
    assert EVENT_TYPES[event_type].properties == properties


def test_a_thick_event_holds_what_was_changed_as_the_person_document_has_it() -> None:
    address = {"adressegradering": "fortrolig", "vegadresse": {"adressenavn": "Storgata", "kommunenummer": "1870"}}
    change = {"entitet": "bostedsadresse", "entitetsendring": "registrereNy", "bostedsadresse": address}
    register = Register(ok(thick(change)))
    event = client_of(register).event(WITH, ID)
    assert register.asked[0].url.path.endswith(f"/v1/hendelser/{ID}")
    assert event
    changed = event.hendelse.egenskapshendelse[0]
    assert (changed.entitet, changed.entitetsendring) == ("bostedsadresse", "registrereNy")
    assert isinstance(found := changed.entry(), Bostedsadresse)
    assert found.adressegradering == "fortrolig"


def test_the_status_of_the_grounds_of_identity_has_another_name_in_an_event() -> None:
    change = {"entitet": "identitetsgrunnlag", "identitetsgrunnlag": {"legitimasjonskontroll": "kontrollert"}}
    event = client_of(Register(ok(thick(change)))).event(WITH, ID)
    assert event
    assert isinstance(event.hendelse.egenskapshendelse[0].entry(), Identitetsgrunnlag)


def test_an_entity_that_is_new_to_us_has_no_entry_and_breaks_nothing() -> None:
    event = client_of(Register(ok(thick({"entitet": "noeNytt", "noeNytt": {"felt": 1}})))).event(WITH, ID)
    assert event
    assert event.hendelse.egenskapshendelse[0].entry() is None


def test_a_thick_event_may_change_any_property_a_person_has() -> None:
    assert set(Registerdata.__struct_fields__) - {"entitet", "entitetsendring"} == READ_PROPERTIES


def test_many_thick_events_are_asked_for_in_one_call() -> None:
    register = Register(ok([thick(), thick(of=ANOTHER_ID)]))
    events = client_of(register).event_bulk(WITH, [ID, ANOTHER_ID])
    assert [event.dokumentidentifikator for event in events] == [ID, ANOTHER_ID]
    assert (register.asked[0].method, register.asked[0].headers["Content-Type"]) == ("POST", "application/json")
    assert json.loads(register.asked[0].content) == {"dokumentidentifikator": [ID, ANOTHER_ID]}


def test_one_person_document_is_asked_for_as_it_was_after_an_event() -> None:
    register = Register(ok(document(navn=[{"etternavn": "FURE"}])))
    person = client_of(register).archived(WITH, ID, {"status", "navn"})
    assert register.asked[0].url.path.endswith(f"/v1/personer/arkiv/{ID}")
    assert register.asked[0].url.query == b"part=navn&part=status"
    assert person
    assert person.navn[0].etternavn == "FURE"


def test_many_person_documents_are_asked_for_in_one_call() -> None:
    register = Register(ok([document(), document()]))
    assert len(client_of(register).archived_bulk(WITH, [ID, ANOTHER_ID], {"navn"})) == 2
    assert register.asked[0].url.path.endswith("/v1/personer/bulkoppslag/arkiv")
    assert json.loads(register.asked[0].content) == {"dokumentidentifikator": [ID, ANOTHER_ID]}


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ([], 0),
        ([document()], 1),
        (document(), 1),
        ({"oppslag": []}, 0),
        ({"oppslag": [{"dokumentidentifikator": ID, "folkeregisterperson": document()}]}, 1),
        ({"oppslag": [{"dokumentidentifikator": ID, "feilmelding": {"feilmelding": "Ukjent"}}]}, 0),
    ],
    ids=["no array", "an array", "a document", "no bulk", "a bulk", "a bulk with a refusal"],
)
def test_many_documents_come_in_any_of_the_shapes_they_might_have(answer: object, count: int) -> None:
    assert len(client_of(Register(ok(answer))).archived_bulk(WITH, [ID], {"navn"})) == count


@pytest.mark.parametrize("answer", [thick(), [thick()], {"oppslag": [thick()]}])
def test_thick_events_come_in_any_of_the_shapes_they_might_have(answer: object) -> None:
    assert len(client_of(Register(ok(answer))).event_bulk(WITH, [ID])) == 1


@pytest.mark.parametrize("answer", [1, [1], [[]], [document(), document()], {"oppslag": 1}, *ERROR_SHAPES.values()])
def test_a_malformed_or_unrequested_document_is_unexpected(answer: object) -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(ok(answer))).archived_bulk(WITH, [ID], {"navn"})


def test_an_event_that_was_not_asked_about_is_not_believed() -> None:
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(ok(thick(of=ANOTHER_ID)))).event(WITH, ID)
    with pytest.raises(UnexpectedAnswer):
        client_of(Register(ok([thick(of=ANOTHER_ID)]))).event_bulk(WITH, [ID])


Asking = Callable[[FolkeregisterClient, RightsPackage, list[str]], object]
BY_ONE: dict[str, Asking] = {
    "event": lambda client, package, ids: client.event(package, ids[0]),
    "archived": lambda client, package, ids: client.archived(package, ids[0], {"navn"}),
}
BY_MANY: dict[str, Asking] = {
    "event_bulk": lambda client, package, ids: client.event_bulk(package, ids),
    "archived_bulk": lambda client, package, ids: client.archived_bulk(package, ids, {"navn"}),
}


@pytest.mark.parametrize("operation", BY_ONE)
@pytest.mark.parametrize("shape", sorted(ERROR_SHAPES.keys() - {"fiks"}))
def test_an_unknown_document_is_none_and_a_deleted_one_is_gone(operation: str, shape: str) -> None:
    unknown = client_of(Register(httpx.Response(404, json=ERROR_SHAPES[shape])))
    assert BY_ONE[operation](unknown, WITH, [ID]) is None
    with pytest.raises(DocumentGone) as gone:
        BY_ONE[operation](client_of(Register(httpx.Response(400, json=ERROR_SHAPES[shape]))), WITH, [ID])
    assert A_NUMBER not in f"{gone.value!r}"


@pytest.mark.parametrize("operation", BY_ONE | BY_MANY)
def test_documents_need_a_legal_basis_and_are_not_asked_for_without(operation: str) -> None:
    register = Register(ok(document()))
    with pytest.raises(InvalidRequest):
        (BY_ONE | BY_MANY)[operation](client_of(register), WITHOUT, [ID])
    assert not register.asked


@pytest.mark.parametrize("operation", BY_ONE | BY_MANY)
@pytest.mark.parametrize("wrong", ["", "../../personer", "a/b", "a?b", "x" * 65, "æ"])
def test_a_malformed_document_id_never_reaches_a_url(operation: str, wrong: str) -> None:
    register = Register(ok(document()))
    with pytest.raises(InvalidRequest):
        (BY_ONE | BY_MANY)[operation](client_of(register), WITH, [wrong])
    assert not register.asked


@pytest.mark.parametrize("operation", BY_MANY)
def test_no_more_documents_are_asked_for_than_the_dialect_says(operation: str) -> None:
    register = Register(ok([]))
    assert BY_MANY[operation](client_of(register), WITH, []) == []
    assert BY_MANY[operation](client_of(register), WITH, [ID] * 1000) == []
    with pytest.raises(InvalidRequest):
        BY_MANY[operation](client_of(register), WITH, [ID] * 1001)
    assert len(register.asked) == 1
    door = SkatteetatenDoor("https://register.example", dialect=Dialect(most_documents_in_bulk=2))
    with pytest.raises(InvalidRequest):
        BY_MANY[operation](client_of(register, door=door), WITH, [ID] * 3)


def test_nothing_of_an_event_is_shown_to_a_log_or_a_debugger(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = client_of(Register(ok([entry(7)]))).feed(WITH, 7)
    event = client_of(Register(ok(thick()))).event(WITH, ID)
    assert A_NUMBER not in f"{page!r} {page.entries!r} {event!r} {caplog.text}"
