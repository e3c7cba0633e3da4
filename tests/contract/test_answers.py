"""What every operation answers at every door, against the specification and against our own schemas."""

from collections import Counter

import httpx
import pytest

from tests.contract.asking import WITH, Door, extracted, ordered, ready_batch
from tests.contract.authored import departures
from tests.contract.spec import ROOT, problems

UNKNOWN = "03851598730"


def assert_fits(answer: httpx.Response, ours: str, theirs: str = "") -> None:
    """ours: one of our own schemas. theirs: one of the specification, where that has it."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/json")
    assert departures(answer.json(), ours) == Counter()
    assert not theirs or problems(answer.json(), theirs) == Counter()


def bulk_schema(door: Door) -> str:
    return f"operations/bulk{'With' if door.package is WITH else 'Without'}LegalBasis"


@pytest.mark.parametrize("as_ordered", ["true", "false"])
def test_a_bulk_answer_with_persons_and_without(door: Door, cases: dict[str, str], as_ordered: str) -> None:
    numbers = [*cases.values(), UNKNOWN]
    query = [*door.parts(), ("somBestilt", as_ordered)]
    answer = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": numbers}, query)
    assert_fits(answer, bulk_schema(door), ROOT + "person.v1.bulk.response.PersonBulkoppslagResponse")
    rows = {row["foedselsEllerDNummer"]: row for row in answer.json()["oppslag"]}
    assert set(rows) == set(numbers)
    assert "feilmelding" in rows[UNKNOWN]
    if as_ordered == "true":
        assert [row["foedselsEllerDNummer"] for row in answer.json()["oppslag"]] == numbers


@pytest.mark.parametrize(
    "criteria",
    [{"navn": "FINNESIKKE"}, {"kommunenummer": "1870", "maksTreff": "5"}, {"foedselsaarFraOgMed": "2000"}],
    ids=str,
)
def test_a_search_with_hits_and_without(door: Door, criteria: dict[str, str]) -> None:
    answer = door.get("/personer/soek", list(criteria.items()))
    assert_fits(answer, "operations/numbers", ROOT + "person.v1.soek.response.PersonsoekResponse")


def test_an_extract_its_batch_and_its_end(door: Door) -> None:
    job = ordered(door, "1870")
    assert_fits(job, "operations/job", ROOT + "uttrekk.v1.response.UttrekkJobbResponse")
    for batch in (0, 1):
        answer = ready_batch(door, job.json()["jobbId"], batch)
        assert_fits(answer, "operations/batch", ROOT + "uttrekk.v1.response.UttrekkDataResponse")
    assert answer.json() == {}


def test_a_unique_search_answers_with_the_person(door: Door, cases: dict[str, str]) -> None:
    person = door.get(f"/personer/{cases['barn']}", [("part", "navn")]).json()
    name = f"{person['navn'][0]['fornavn']} {person['navn'][0]['etternavn']}"
    query = [*door.parts(), ("navn", name), ("identifikasjonsnummer", cases["barn"])]
    answer = door.get("/personer/entydigsoek", query)
    schema = "person/withLegalBasis" if door.package is WITH else "person/withoutLegalBasis"
    assert_fits(answer, schema, ROOT + "person.v1.Folkeregisterperson")


def test_the_latest_event_has_a_number(door: Door) -> None:
    answer = door.get("/hendelser/siste/sekvensnummer")
    assert_fits(answer, "operations/sequence")


def test_an_extract_of_everybody_is_of_everybody(door: Door, everyone: list[str]) -> None:
    assert set(extracted(door, "1870")) <= set(everyone)
