"""The search for test persons in the simulator, against our own schema and the register it searches in."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract.asking import DOORS, Client, Door, persons, token
from tests.contract.authored import departures

SCOPE = "skatteetaten:testnorge/testdata.read"
PATH = "/api/testnorge/v2/soek/freg"
Page = dict[str, Any]


@pytest.fixture(scope="module")
def tenor(simulator: str, client: Client) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {token(simulator, client, SCOPE)}", "Accept": "application/json"}
    with httpx.Client(base_url=simulator, headers=headers, timeout=60) as http:
        yield http


@pytest.fixture(scope="module")
def pages(tenor: httpx.Client) -> list[Page]:
    """Everybody, with everything there is about them and their relatives."""
    found: list[Page] = []
    while not found or found[-1]["nesteSide"] is not None:
        side = found[-1]["nesteSide"] if found else 0
        answer = tenor.get(PATH, params={"kql": "", "antall": 100, "side": side, "seed": 1, "vis": "*"})
        found.append(answer.raise_for_status().json())
    return found


def test_every_page_fits_our_schema(pages: list[Page]) -> None:
    assert sum((departures(page, "tenor/answer") for page in pages), Counter()) == Counter()


def test_everybody_is_on_one_page_with_the_registers_own_document(
    pages: list[Page], ways: dict[str, Door], everyone: list[str]
) -> None:
    hits = [hit for page in pages for hit in page["dokumentListe"]]
    sources = {hit["id"]: json.loads(hit["tenorMetadata"]["kildedata"]) for hit in hits}
    assert len(sources) == len(hits) == pages[0]["treff"] > 1000
    assert set(everyone) <= {number for hit in hits for number in hit["identifikator"]}
    answered = persons(ways[DOORS[0]], sorted(sources))
    assert sorted(map(_ordered, answered)) == sorted(map(_ordered, sources.values()))


def _ordered(document: dict[str, Any]) -> str:
    return json.dumps(document, sort_keys=True)


@pytest.mark.parametrize("parameters", [{"kql": "kjoenn: mann"}, {"nokkelinformasjon": "true"}, {"highlight": "true"}])
def test_a_page_fits_however_it_is_asked_for(parameters: dict[str, str], tenor: httpx.Client) -> None:
    page = tenor.get(PATH, params=parameters).raise_for_status().json()
    assert page["dokumentListe"]
    assert departures(page, "tenor/answer") == Counter()


@pytest.mark.parametrize("parameters", [{"kql": "kjoenn:"}, {"kql": "finnesIkke: 1"}, {"antall": "0"}, {"ukjent": "1"}])
def test_a_refusal_fits_too(parameters: dict[str, str], tenor: httpx.Client) -> None:
    answer = tenor.get(PATH, params=parameters)
    assert answer.status_code == 400
    assert departures(answer.json(), "errors/application") == Counter()
