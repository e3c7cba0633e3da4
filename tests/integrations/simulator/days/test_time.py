"""Time passes by the control door, and the whole register is one answer."""

import json
import threading

import httpx
import pytest

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.days.events import Event, Ids
from integrations.simulator.population.people import TODAY
from integrations.simulator.settings import Settings
from integrations.simulator.simulator import Simulator
from tests.integrations.simulator.door import ADDRESS, WITH, WITHOUT, Door, registered
from tests.integrations.simulator.doors.test_control import PERSON


@pytest.fixture(scope="module")
def register(key_pair: tuple[str, str]) -> Simulator:
    """A small register of its own, where time passes."""
    return Simulator(Settings(size=100, clients=(registered(key_pair[1]),)))


@pytest.fixture(autouse=True)
def as_at_the_start(door: Door) -> None:
    door.http.delete("/_control/persons").raise_for_status()


def advance(door: Door, days: int) -> httpx.Response:
    return door.http.post("/_control/advance", json={"days": days})


@pytest.mark.parametrize("package", [WITH, WITHOUT])
def test_the_register_has_a_day_of_its_own(door: Door, register: Simulator, package: RightsPackage) -> None:
    founders = len(register.register)
    answer = advance(door, 40).json()
    assert answer["today"] == "2026-11-10"
    sequence = door.get("/hendelser/siste/sekvensnummer", package=package).json()
    event = door.get("/hendelser/feed", [("seq", str(sequence))], package=package).json()[0]["hendelse"]
    assert founders < sequence <= answer["events"]
    assert "2026-10-25" < event["ajourholdstidspunkt"][:10] <= "2026-11-10"


@pytest.mark.parametrize("body", [{}, {"days": -1}, {"days": 3654}, {"days": "1"}, {"days": 1, "hours": 1}, [1]])
def test_time_does_not_pass_otherwise(door: Door, body: object) -> None:
    assert door.http.post("/_control/advance", json=body).status_code == 400
    assert advance(door, 0).json()["today"] == TODAY.isoformat()


def test_everybody_comes_in_one_answer_a_line_each(door: Door, register: Simulator) -> None:
    founders = register.register.numbers()
    door.http.post("/_control/persons", json=PERSON).raise_for_status()
    answer = door.http.get("/_control/persons.jsonl")
    assert answer.headers["Content-Type"] == "application/jsonl"
    assert "Content-Length" not in answer.headers
    documents = [json.loads(line) for line in answer.text.splitlines()]
    assert documents[-1] == PERSON
    assert documents[:-1] == [register.register.document(number) for number in founders]
    assert len(documents) > 100


def test_the_register_answers_while_time_passes(door: Door, register: Simulator, key_pair: tuple[str, str]) -> None:
    passing = threading.Thread(target=advance, args=(door, 600))
    passing.start()
    with httpx.Client(transport=httpx.WSGITransport(app=register), base_url=ADDRESS) as http:
        other, statuses = Door(http, key_pair[0]), []
        while passing.is_alive() or not statuses:
            statuses.append(other.get("/hendelser/feed", [("seq", "1")]).status_code)
            statuses.append(other.get("/personer/soek", [("kommunenummer", "4640")]).status_code)
    passing.join()
    assert set(statuses) == {200}


def test_an_id_leads_back_to_its_event_and_another_nowhere() -> None:
    ids = Ids("1")
    for sequence in (1, 2, 1000, 700_000, 2**32 - 1):
        made = ids.of("event", sequence)
        assert len(made) == 32
        assert ids.sequence("event", made) == sequence
        assert ids.sequence("person", made) == 0
        assert Ids("2").sequence("event", made) == 0
    assert ids.sequence("event", "siste") == 0
    assert len({ids.of("event", sequence) for sequence in range(10_000)}) == 10_000


def test_moments_have_no_to_nine_digits_of_a_second_and_keep_the_order() -> None:
    moments = [Event(1, "", "personErDoed", TODAY, order).recorded_at for order in range(25)]
    digits = [len(moment.removesuffix("+01:00").partition(".")[2]) for moment in moments]
    assert digits[:12] == [*range(10), 0, 1]
    assert moments == sorted(moments)
