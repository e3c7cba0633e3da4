from collections.abc import Callable
from typing import Any

import httpx
import pytest

from integrations.simulator.maskinporten.scopes import TENOR_SCOPE
from tests.integrations.simulator.door import Door, grant

PATH = "/api/testnorge/v2/soek/freg"
Page = dict[str, Any]
Send = Callable[..., httpx.Response]
Find = Callable[..., Page]
Numbers = Callable[..., list[str]]


@pytest.fixture
def headers(door: Door) -> dict[str, str]:
    """What a search is sent with."""
    answer = door.ask_token(grant(door.private_key, scope=TENOR_SCOPE)).raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['access_token']}", "Accept": "application/json"}


@pytest.fixture
def send(door: Door, headers: dict[str, str]) -> Send:
    """Sends a search; what is given is parameters, a list is a repeated one."""
    return lambda **parameters: door.http.get(PATH, params=parameters, headers=headers)


@pytest.fixture
def find(send: Send) -> Find:
    """The page that a query gives."""

    def found(kql: str = "", **parameters: Any) -> Page:
        page: Page = send(kql=kql, **parameters).raise_for_status().json()
        return page

    return found


@pytest.fixture
def numbers(find: Find) -> Numbers:
    """Everybody a query finds, page by page, under their current numbers."""

    def found(kql: str) -> list[str]:
        pages = [find(kql, antall=100, seed=7, vis="id")]
        while pages[-1]["nesteSide"] is not None:
            pages.append(find(kql, antall=100, seed=7, vis="id", side=pages[-1]["nesteSide"]))
        ids = [document["id"] for page in pages for document in page["dokumentListe"]]
        assert len(ids) == pages[0]["treff"]
        return ids

    return found
