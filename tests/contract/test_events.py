"""A season in the simulated register: feed, thick events and archived persons, against specification and schemas."""

from collections import Counter
from typing import Any, Final

import httpx
import pytest

from tests.contract.asking import DOORS, WITH, Door, persons
from tests.contract.authored import departures
from tests.contract.facts import PERSON
from tests.contract.spec import ROOT, problems

DAYS: Final = 120
FEED: Final = "ske.folkeregister.rettighetspakke.hendelser.LagretHendelseMedDokumentIdentifikatorer"
EVENT: Final = ROOT + "hendelse.v1.DokumentForHendelse"
Event = dict[str, Any]


@pytest.fixture
def before(ways: dict[str, Door]) -> int:
    """The number of the last event that was there at the start."""
    return last(ways[DOORS[0]])


@pytest.fixture
def season(before: int, simulator: str, door: Door) -> list[Event]:
    """What happened since, page by page, as this door tells it."""
    httpx.post(f"{simulator}/_control/advance", json={"days": DAYS}, timeout=60).raise_for_status()
    found = feed(door, before + 1)
    while page := feed(door, found[-1]["sekvensnummer"] + 1):
        found += page
    return found


def last(door: Door) -> int:
    return int(door.get("/hendelser/siste/sekvensnummer").raise_for_status().json())


def feed(door: Door, sequence: int) -> list[Event]:
    answer = door.get("/hendelser/feed", [("seq", str(sequence))])
    assert answer.headers["Content-Type"].startswith("application/json")
    page: list[Event] = answer.raise_for_status().json()
    assert departures(page, "operations/feed") == Counter()
    assert sum((problems(event, FEED) for event in page), Counter()) == Counter()
    return page


def documents(season: list[Event], name: str) -> list[str]:
    return [event["hendelse"][name] for event in season if name in event["hendelse"]]


def test_the_feed_of_the_first_persons_and_of_a_season_fits(door: Door, season: list[Event], before: int) -> None:
    assert len(feed(door, 1)) == 1000
    assert len(season) > 100
    numbers = [event["sekvensnummer"] for event in season]
    # Without legal basis there are gaps: what is confidential is not told.
    assert numbers == (list(range(before + 1, numbers[-1] + 1)) if door.package is WITH else sorted(set(numbers)))
    assert len({event["hendelse"]["hendelsetype"] for event in season}) > 10


def test_an_unchanged_page_is_not_sent_again(door: Door) -> None:
    page = door.get("/hendelser/feed", [("seq", "1")])
    again = door.http.get("/hendelser/feed?seq=1", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_thick_event_fits_one_by_one_and_in_bulk(door: Door, season: list[Event]) -> None:
    if door.package is not WITH:
        assert door.get(f"/hendelser/{documents(season, 'hendelsesdokument')[0]}").status_code == 403
        return
    asked = documents(season, "hendelsesdokument")[:1000]
    found = door.post("/hendelser/bulkoppslag", {"dokumentidentifikator": asked}).raise_for_status().json()
    assert [event["dokumentidentifikator"] for event in found] == asked
    assert departures(found, "operations/events") == Counter()
    assert sum((problems(event, EVENT) for event in found), Counter()) == Counter()
    assert door.get(f"/hendelser/{asked[0]}").raise_for_status().json() == found[0]


def test_every_archived_person_fits_one_by_one_and_in_bulk(door: Door, season: list[Event]) -> None:
    asked = documents(season, "persondokument")[:200]
    body = {"dokumentidentifikator": asked}
    answer = door.post("/personer/bulkoppslag/arkiv", body, door.parts())
    if door.package is not WITH:
        assert answer.status_code == 403
        return
    found = answer.raise_for_status().json()
    assert len(found) == len(asked)
    assert departures(found, "operations/archived") == Counter()
    assert sum((problems(person, PERSON) for person in found), Counter()) == Counter()
    assert door.get(f"/personer/arkiv/{asked[0]}", door.parts()).raise_for_status().json() == found[0]


def test_everybody_a_season_happened_to_still_fits(door: Door, season: list[Event]) -> None:
    schema = "person/withLegalBasis" if door.package is WITH else "person/withoutLegalBasis"
    numbers = sorted({event["hendelse"]["folkeregisteridentifikator"] for event in season})
    found = list(persons(door, numbers))
    assert len(found) >= len(numbers) // 2
    assert sum((departures(person, schema) + problems(person, PERSON) for person in found), Counter()) == Counter()
