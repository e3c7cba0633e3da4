import httpx
import pytest

from integrations.simulator.doors.extracts import Extracts
from integrations.simulator.problems import Problem
from tests.integrations.simulator.door import WITH, WITHOUT, Document, Door, current


def status(document: Document) -> str:
    return str(current(document, "status")[0]["status"])


def order(door: Door, **criteria: object) -> httpx.Response:
    return door.post("/uttrekk/tilpasset", {"personstatustyper": ["bosatt"], **criteria})


def test_an_extract_holds_exactly_those_who_match(door: Door, everyone: dict[str, Document]) -> None:
    numbers = door.extract(
        personstatustyper=["bosatt"],
        kommunenummer={"bostedskommunenummer": "4640"},
        foedselsaarFraOgMed="2000",
        foedselsaarTilOgMed="2010",
        kjoenn="mann",
    )
    homes = {number: str(current(document, "bostedsadresse")[:1]) for number, document in everyone.items()}
    expected = {
        number
        for number, document in everyone.items()
        if status(document) == "bosatt"
        and "'4640'" in homes[number]
        and 2000 <= int(document["foedsel"][0]["foedselsaar"]) <= 2010
        and document["kjoenn"][0]["kjoenn"] == "mann"
    }
    assert set(numbers) == expected
    assert len(numbers) == len(expected) > 10


def test_batches_are_full_until_the_last_and_then_empty(door: Door) -> None:
    job = order(door).json()["jobbId"]
    assert door.get(f"/uttrekk/{job}/batch/0").status_code == 404
    sizes = []
    while answer := door.get(f"/uttrekk/{job}/batch/{len(sizes)}").json():
        sizes.append(len(answer["foedselsEllerDNummer"]))
    assert sizes[:-1] == [400] * (len(sizes) - 1)
    assert len(sizes) > 3
    assert door.get(f"/uttrekk/{job}/batch/{len(sizes) + 1}").status_code == 410


def test_not_ready_and_gone_differ(door: Door) -> None:
    job = order(door).json()["jobbId"]
    not_ready = door.get(f"/uttrekk/{job}/batch/0")
    gone = door.get("/uttrekk/11111111-2222-3333-4444-555555555555/batch/0")
    assert (not_ready.status_code, gone.status_code) == (404, 410)
    assert set(not_ready.json()) == set(gone.json()) == {"feilmelding"}


def test_aktiv_covers_the_four_confidential_statuses(door: Door, everyone: dict[str, Document]) -> None:
    found = {status(everyone[number]) for number in door.extract(personstatustyper=["aktiv"])}
    assert found <= {"midlertidig", "ikkeBosatt", "forsvunnet", "foedselsregistrert"}
    assert "forsvunnet" in found


def test_the_dead_are_extracted_by_year_of_death(door: Door, everyone: dict[str, Document]) -> None:
    numbers = door.extract(personstatustyper=["doed"], doedsaarFraOgMed="2025", doedsaarTilOgMed="2025")
    assert numbers
    assert {everyone[number]["doedsfall"]["doedsdato"][:4] for number in numbers} == {"2025"}


def test_citizenship_and_civil_state_narrow_an_extract(door: Door, everyone: dict[str, Document]) -> None:
    numbers = door.extract(personstatustyper=["bosatt"], statsborgerskap="POL", sivilstandstype="ugift")
    assert numbers
    for number in numbers:
        assert current(everyone[number], "sivilstand")[0]["sivilstand"] == "ugift"
        assert "POL" in {row["statsborgerskap"] for row in current(everyone[number], "statsborgerskap")}


def test_an_extract_by_stay_holds_the_visitor(door: Door, cases: dict[str, str]) -> None:
    place = {"oppholdskommunenummer": "1870"}
    assert cases["d-nummer"] in door.extract(personstatustyper=["aktiv"], kommunenummer=place)


def test_someone_with_a_graded_address_is_in_no_extract_of_a_kommune_without_legal_basis(
    door: Door, cases: dict[str, str]
) -> None:
    criteria = {"personstatustyper": ["bosatt"], "kommunenummer": {"bostedskommunenummer": "1870"}}
    assert cases["fortrolig"] in door.extract(WITH, **criteria)
    assert cases["fortrolig"] not in door.extract(WITHOUT, **criteria)
    assert cases["strengt-fortrolig"] not in door.extract(WITH, **criteria)


def test_empty_strings_count_as_not_asked(door: Door) -> None:
    assert order(door, foedselsaarFraOgMed="", doedsaarTilOgMed="", kjoenn="").status_code == 200


def test_ten_jobs_may_run_and_the_eleventh_is_refused_until_one_is_done(door: Door) -> None:
    jobs = [order(door).json()["jobbId"] for _ in range(10)]
    refused = order(door)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 100
    door.get(f"/uttrekk/{jobs[0]}/batch/0")
    assert order(door).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"personstatustyper": []},
        {"personstatustyper": ["levende"]},
        {"personstatustyper": ["bosatt"], "kommune": "1870"},
        {"personstatustyper": ["bosatt"], "kommunenummer": "1870"},
        {
            "personstatustyper": ["bosatt"],
            "kommunenummer": {"bostedskommunenummer": "1870", "oppholdskommunenummer": "1870"},
        },
        {"personstatustyper": ["bosatt"], "foedselsaarFraOgMed": 2018},
        {"personstatustyper": ["bosatt"], "foedselsaarFraOgMed": "18"},
        {"personstatustyper": ["bosatt"], "kjoenn": "ukjent"},
    ],
)
def test_criteria_out_of_shape_are_refused(door: Door, body: dict[str, object]) -> None:
    assert door.post("/uttrekk/tilpasset", body).status_code == 400


def test_a_job_belongs_to_the_client_that_ordered_it_and_is_ready_in_the_end() -> None:
    now = [0.0]
    extracts = Extracts(batch_size=10, polls=5, clock=lambda: now[0], longest=30)
    job = extracts.order("one", ["1", "2"])
    with pytest.raises(Problem) as gone:
        extracts.batch("another", job, 0)
    assert gone.value.answer.status == 410
    with pytest.raises(Problem) as waiting:
        extracts.batch("one", job, 0)
    assert waiting.value.answer.status == 404
    now[0] = 31.0
    assert extracts.batch("one", job, 0) == ["1", "2"]
