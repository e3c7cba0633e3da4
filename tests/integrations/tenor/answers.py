"""Answers as Tenor writes them, and a client that gets them from a stand-in for Tenor."""

from typing import Any

import httpx

from integrations.tenor.search import TenorClient
from tests.integrations.folkeregisteret.register import Register, tokens

NUMBER, FORMER_NUMBER = "03851598730", "01810050050"


def person(**fields: object) -> dict[str, Any]:
    """One document of the index."""
    return {
        "tenorMetadata": {"id": NUMBER},
        "identifikator": [NUMBER, FORMER_NUMBER],
        "identifikatorType": ["foedselsnummer"],
        "visningnavn": "BLID FJELLREV",
        "foedselsdato": "2015-05-03",
        "personstatus": "bosatt",
        "bostedsadresse": "Fjellveien 3 H0101 8400 SORTLAND ",
        "adresseGradering": ["ugradert"],
        **fields,
    }


def page(*persons: dict[str, Any], **fields: object) -> httpx.Response:
    content = {"dokumentListe": list(persons), "treff": len(persons), "rader": 20, "offset": 0, "nesteSide": None}
    return httpx.Response(200, json={**content, "seed": 7, "highlight": None, **fields})


def tenor(*answers: httpx.Response | Exception) -> tuple[TenorClient, Register]:
    """A client, and the stand-in for Tenor and its Maskinporten."""
    stand_in = Register(*answers)
    http = httpx.Client(transport=httpx.MockTransport(stand_in))
    return TenorClient(address="https://tenor.example", tokens=tokens(stand_in), http=http), stand_in
