"""The register owner's sample documents, put into the simulated register, come out of our client as they went in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.documents import PersonRecord, encode_person
from integrations.folkeregisteret.doors import FiksDoor, SkatteetatenDoor
from integrations.http.transport import http_client
from tests.contract.asking import INTEGRATION, PARTS, PASSWORD, ROLES, WITH, Door
from tests.contract.facts import samples
from tests.integrations.folkeregisteret.register import configured_tokens
from tests.services import Services

Document = dict[str, Any]


@pytest.fixture(scope="module")
def clients(simulator: str, running: Services, ways: dict[str, Door]) -> Iterator[list[FolkeregisterClient]]:
    """One for each keeper of a door."""
    issuer = f"{simulator}/maskinporten/"
    settings = running.environment | {"MASKINPORTEN_TOKEN_ENDPOINT": f"{issuer}token", "MASKINPORTEN_AUDIENCE": issuer}
    fiks = FiksDoor(address=simulator, roles=ROLES, integration_id=INTEGRATION, integration_password=PASSWORD)
    with http_client() as http:
        tokens = configured_tokens(settings, http)
        yield [FolkeregisterClient(door=door, tokens=tokens, http=http) for door in (SkatteetatenDoor(simulator), fiks)]


def whole(path: Path) -> Document:
    """The sample as it is, or, where it is a part of a document, with the number it belongs to."""
    document: Document = json.loads(path.read_bytes())
    number = {
        "foedselsEllerDNummer": path.stem.partition("-")[2],
        "status": "iBruk",
        "identifikatortype": "foedselsnummer",
    }
    return {"identifikasjonsnummer": [number]} | document


def as_sent(record: PersonRecord | None) -> Document:
    assert record
    document: Document = json.loads(encode_person(record))
    return document


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem.partition("-")[0])
def test_a_sample_comes_out_as_it_went_in(path: Path, simulator: str, clients: list[FolkeregisterClient]) -> None:
    document = whole(path)
    put = httpx.post(f"{simulator}/_control/persons", json=document).raise_for_status()
    number = put.json()["numbers"][0]
    for client in clients:
        alone = as_sent(client.person(WITH, number, PARTS[WITH]))
        among_others = as_sent(client.bulk(WITH, [number], PARTS[WITH])[0].person)
        event = client.feed(WITH, client.latest_event(WITH)).entries[0].hendelse
        archived = as_sent(client.archived(WITH, event.persondokument or "", PARTS[WITH]))
        assert same(alone, document)
        assert same(among_others, document)
        assert same(archived, document)


def same(ours: Document, theirs: Document) -> bool:
    """A comparison that shows nothing of what it compares."""
    return ours == theirs


def test_there_are_samples() -> None:
    assert len(samples()) >= 9
