"""Finding synthetic persons in the simulated register: the first search, which makes the index, and the slowest one."""

import time
from typing import Final

import httpx

from integrations.simulator.maskinporten.scopes import TENOR_SCOPE
from integrations.simulator.simulator import Simulator
from tests.bench.population import door_to, settings_for
from tests.integrations.simulator.door import Door, grant
from tests.reporting import report

PERSONS: Final = 20_000
SECONDS_BAR: Final = 0.5
FIRST_BAR: Final = 5.0
QUERIES: Final = (
    "",
    "personstatus: bosatt and kjoenn: kvinne and foedselsdato: [1980 to 1989]",
    "visningnavn: *a*",
    "sortland",
    "not (postadresse: * or har*: true)",
    'tenorRelasjoner.freg: {tenorRelasjonsnavn: "barn" and borMedMor: true and not fornavn: *a*}',
)


def run() -> None:
    """Processor time; a page of twenty with everything there is about each person."""
    door = door_to(Simulator(settings_for(PERSONS)))
    answer = door.ask_token(grant(door.private_key, scope=TENOR_SCOPE)).raise_for_status()
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}", "Accept": "application/json"}
    requests = [_request(door, kql, headers) for kql in QUERIES]
    _told("first search", _spent(door, requests[0]), FIRST_BAR, searches=1)
    _told("slowest search", max(_spent(door, request) for request in requests), SECONDS_BAR, searches=len(QUERIES))


def _request(door: Door, kql: str, headers: dict[str, str]) -> httpx.Request:
    asked = {"kql": kql, "antall": "20", "seed": "1", "vis": "*"}
    return door.http.build_request("GET", "/api/testnorge/v2/soek/freg", params=asked, headers=headers)


def _spent(door: Door, request: httpx.Request) -> float:
    began = time.process_time()
    door.http.send(request).raise_for_status()
    return time.process_time() - began


def _told(what: str, seconds: float, bar: float, *, searches: int) -> None:
    metric = f"{what} among {PERSONS:,}"
    report("bench", "tenor", metric, value=seconds, unit="s", bar=bar, n=searches, ok=seconds <= bar)
