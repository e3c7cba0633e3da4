"""What our client can ask, against the operations of the register owner's specification."""

from dataclasses import fields

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import PERSON_STATUS_TYPES, ExtractCriteria, SearchCriteria, UniqueCriteria
from integrations.folkeregisteret.elements import RightsPackage
from tests.contract.facts import enumerations, parameters_of, schema_of, specification
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, client_of

PACKAGE = RightsPackage.WITH_LEGAL_BASIS
ORDER = "folkeregisteret.tilgjengeliggjoering.uttrekk.v1.request.TilpassetUttrekkJobbRequest"
EXTRACT = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
UNIQUE = UniqueCriteria(navn="RAD FURE", postnummer="8340", soekFonetisk=True)
CALLS = {
    ("get", "/v1/personer/{personidentifikator}"): lambda c: c.person(PACKAGE, A_NUMBER, {"navn"}),
    ("post", "/v1/personer/bulkoppslag"): lambda c: c.bulk(PACKAGE, [A_NUMBER], {"navn"}, as_ordered=True),
    ("get", "/v1/personer/soek"): lambda c: c.search(PACKAGE, SearchCriteria(navn="RAD", maksTreff=5)),
    ("post", "/v1/uttrekk/tilpasset"): lambda c: c.order_extract(PACKAGE, EXTRACT),
    ("get", "/v1/uttrekk/{jobbid}/batch/{batchnr}"): lambda c: c.extract_batch(PACKAGE, "5b6e-1", 0),
    ("get", "/v1/personer/entydigsoek"): lambda c: c.unique_search(PACKAGE, UNIQUE, {"navn"}),
    ("get", "/v1/personer/arkiv/{dokumentidentifikator}"): lambda c: c.archived(PACKAGE, "5b6e-1", {"navn"}),
    ("post", "/v1/personer/bulkoppslag/arkiv"): lambda c: c.archived_bulk(PACKAGE, ["5b6e-1"], {"navn"}),
    ("get", "/v1/hendelser/siste/sekvensnummer"): lambda c: c.latest_event(PACKAGE),
    ("get", "/v1/hendelser/{hendelsesidentifikator}"): lambda c: c.event(PACKAGE, "5b6e-1"),
    ("post", "/v1/hendelser/bulkoppslag"): lambda c: c.event_bulk(PACKAGE, ["5b6e-1"]),
    ("get", "/v1/hendelser/feed"): lambda c: c.feed(PACKAGE, 1),
}
#: What nobody here asks for: the schemas in XML, and everybody at once.
NOT_ASKED = {"/v1/hendelser/feedxsd", "/v1/hendelser/xsd", "/v1/personer/xsd", "/v1/uttrekk/komplett"}
ANSWER = document() | {
    "oppslag": [{"foedselsEllerDNummer": A_NUMBER}],
    "foedselsEllerDNummer": [],
    "jobbId": "5b6e-1",
    "sekvensnummer": 1,
    "dokumentidentifikator": "5b6e-1",
    "hendelse": {},
}
ANSWERS: dict[str, object] = {
    "/v1/hendelser/feed": [],
    "/v1/personer/bulkoppslag/arkiv": [],
    "/v1/hendelser/bulkoppslag": [],
}


@pytest.mark.parametrize("operation", CALLS, ids=" ".join)
def test_each_call_is_an_operation_of_the_specification(operation: tuple[str, str]) -> None:
    method, path = operation
    register = Register(httpx.Response(200, json=ANSWERS.get(path, ANSWER)))
    client: FolkeregisterClient = client_of(register)
    CALLS[operation](client)
    request = register.asked[0]
    server = specification()["servers"][0]["url"]
    given = {"personidentifikator": A_NUMBER, "batchnr": 0} | dict.fromkeys(
        ("jobbid", "dokumentidentifikator", "hendelsesidentifikator"), "5b6e-1"
    )
    assert method in specification()["paths"][path]
    assert (request.method.lower(), request.url.path) == (method, server + path.format(**given))
    assert set(request.url.params) <= parameters_of(path)


def test_every_operation_of_the_specification_can_be_asked_for() -> None:
    assert {path for _, path in CALLS} == set(specification()["paths"]) - NOT_ASKED


def test_a_unique_search_has_every_criterion_of_the_specification() -> None:
    assert {field.name for field in fields(UniqueCriteria)} | {"part"} == parameters_of("/v1/personer/entydigsoek")


def test_a_search_has_every_criterion_of_the_specification() -> None:
    assert {field.name for field in fields(SearchCriteria)} == parameters_of("/v1/personer/soek")


def test_an_extract_has_every_criterion_of_the_specification() -> None:
    order = schema_of(ORDER)
    kommune = schema_of(order["properties"]["kommunenummer"]["$ref"].rpartition("/")[2])
    theirs = set(order["properties"]) - {"kommunenummer"} | set(kommune["properties"])
    assert {field.name for field in fields(ExtractCriteria)} == theirs


def test_the_status_types_to_extract_by_are_the_registers() -> None:
    codes = enumerations()["uttrekk.v1.request.TilpassetUttrekkJobbRequest.personstatustyper"]
    assert set(codes) == PERSON_STATUS_TYPES
