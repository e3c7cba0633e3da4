"""The feed, its documents, the archive and the unique search, between the client and the simulated register."""

from collections.abc import Iterator

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import UniqueCriteria
from integrations.folkeregisteret.documents import PersonRecord, current_number
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import DocumentGone, FeedTooOld
from integrations.folkeregisteret.events import EVENT_TYPES, FeedEntry
from integrations.folkeregisteret.novelties import NOVELTIES
from integrations.http.transport import http_client
from integrations.maskinporten.tokens import TokenSource
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services

WITH, WITHOUT = RightsPackage.WITH_LEGAL_BASIS, RightsPackage.WITHOUT_LEGAL_BASIS
DAYS = 20


@pytest.fixture(scope="module")
def client(simulator: str, running: Services) -> Iterator[FolkeregisterClient]:
    with http_client() as http:
        source: TokenSource = configured_tokens(running.environment, http)
        yield FolkeregisterClient(door=SkatteetatenDoor(simulator), tokens=source, http=http)


@pytest.fixture
def happened(simulator: str, client: FolkeregisterClient) -> list[FeedEntry]:
    """What happens in some weeks of the register's own time; it is undone after each test."""
    before = client.latest_event(WITH)
    httpx.post(f"{simulator}/_control/advance", json={"days": DAYS}, timeout=30).raise_for_status()
    return list(everything(client, before + 1))


def everything(client: FolkeregisterClient, sequence: int) -> Iterator[FeedEntry]:
    """The feed to its end, as a consumer follows it: with a pointer of its own."""
    while (page := client.feed(WITH, sequence)).entries:
        yield from page.entries
        sequence = page.next_sequence(sequence)


def test_the_feed_is_followed_to_the_latest_event(client: FolkeregisterClient, happened: list[FeedEntry]) -> None:
    sequences = [entry.sekvensnummer for entry in happened]
    assert sequences == list(range(sequences[0], client.latest_event(WITH) + 1))
    assert {entry.hendelse.hendelsetype for entry in happened} <= set(EVENT_TYPES)
    assert client.feed(WITHOUT, sequences[0]).entries


def test_a_page_that_has_not_changed_is_not_sent_again(client: FolkeregisterClient) -> None:
    first = client.feed(WITH, 1)
    again = client.feed(WITH, 1, first.etag)
    assert first.etag
    assert (again.unchanged, again.entries) == (True, ())


def test_every_thick_event_is_read_with_what_it_changed(client: FolkeregisterClient, happened: list[FeedEntry]) -> None:
    before = dict(NOVELTIES.counts())
    ids = [entry.hendelse.hendelsesdokument for entry in happened if entry.hendelse.hendelsesdokument][:200]
    events = client.event_bulk(WITH, ids)
    changes = [change for event in events for change in event.hendelse.egenskapshendelse]
    assert {event.dokumentidentifikator for event in events} == set(ids)
    assert changes
    assert all(change.entry() for change in changes)
    assert client.event(WITH, ids[0]) == events[0]
    assert NOVELTIES.counts() == before, "nothing that happens is new to us"


def test_a_person_is_read_as_they_were_after_an_event(client: FolkeregisterClient, happened: list[FeedEntry]) -> None:
    ids = [entry.hendelse.persondokument for entry in happened if entry.hendelse.persondokument][:50]
    one = client.archived(WITH, ids[0], {"status"})
    assert one
    assert current_number(one)
    assert len(client.archived_bulk(WITH, ids, {"status"})) == len(ids)


@pytest.mark.parametrize("unknown", ["0" * 32, "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_document_is_none(client: FolkeregisterClient, unknown: str) -> None:
    assert client.event(WITH, unknown) is None
    assert client.archived(WITH, unknown, {"navn"}) is None


def known(client: FolkeregisterClient, simulator: str) -> PersonRecord:
    cases = {case["case"]: case["number"] for case in httpx.get(f"{simulator}/testpersoner.json").json()}
    found = client.person(WITH, cases["vanlig-familie"], {"navn", "foedsel", "bostedsadresse"})
    assert found
    return found


def test_the_one_who_fits_is_found_in_both_packages(client: FolkeregisterClient, simulator: str) -> None:
    person = known(client, simulator)
    name = f"{person.navn[0].fornavn} {person.navn[0].etternavn}"
    criteria = UniqueCriteria(navn=name, foedselsdato=person.foedsel[0].foedselsdato)
    for package in RightsPackage:
        found = client.unique_search(package, criteria, {"navn"})
        assert found
        assert current_number(found) == current_number(person)


def test_a_unique_search_that_nobody_matches_gives_none(client: FolkeregisterClient) -> None:
    nobody = UniqueCriteria(navn="FINNES IKKE", postnummer="0001")
    assert client.unique_search(WITH, nobody, {"navn"}) is None


def test_documents_and_events_older_than_36_months_are_gone(client: FolkeregisterClient, simulator: str) -> None:
    old = client.feed(WITH, 1).entries[0].hendelse
    assert old.hendelsesdokument
    assert old.persondokument
    httpx.post(f"{simulator}/_control/advance", json={"days": 1200}, timeout=60).raise_for_status()
    with pytest.raises(FeedTooOld):
        client.feed(WITH, 1)
    with pytest.raises(DocumentGone):
        client.event(WITH, old.hendelsesdokument)
    with pytest.raises(DocumentGone):
        client.archived(WITH, old.persondokument, {"navn"})
