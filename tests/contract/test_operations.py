"""What our client can ask, against the operations of the register owner's specification."""

from dataclasses import fields

import httpx
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import PERSON_STATUS_TYPES, ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.elements import RightsPackage
from tests.contract.facts import enumerations, parameters_of, schema_of, specification
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, client_of

PACKAGE = RightsPackage.WITH_LEGAL_BASIS
ORDER = "folkeregisteret.tilgjengeliggjoering.uttrekk.v1.request.TilpassetUttrekkJobbRequest"
EXTRACT = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
CALLS = {
    ("get", "/v1/personer/{personidentifikator}"): lambda c: c.person(PACKAGE, A_NUMBER, {"navn"}),
    ("post", "/v1/personer/bulkoppslag"): lambda c: c.bulk(PACKAGE, [A_NUMBER], {"navn"}, as_ordered=True),
    ("get", "/v1/personer/soek"): lambda c: c.search(PACKAGE, SearchCriteria(navn="RAD", maksTreff=5)),
    ("post", "/v1/uttrekk/tilpasset"): lambda c: c.order_extract(PACKAGE, EXTRACT),
    ("get", "/v1/uttrekk/{jobbid}/batch/{batchnr}"): lambda c: c.extract_batch(PACKAGE, "5b6e-1", 0),
}
ANSWER = document() | {
    "oppslag": [{"foedselsEllerDNummer": A_NUMBER}],
    "foedselsEllerDNummer": [],
    "jobbId": "5b6e-1",
}


@pytest.mark.parametrize("operation", CALLS, ids=" ".join)
def test_each_call_is_an_operation_of_the_specification(operation: tuple[str, str]) -> None:
    method, path = operation
    register = Register(httpx.Response(200, json=ANSWER))
    client: FolkeregisterClient = client_of(register)
    CALLS[operation](client)
    request = register.asked[0]
    server = specification()["servers"][0]["url"]
    given = {"personidentifikator": A_NUMBER, "jobbid": "5b6e-1", "batchnr": 0}
    assert method in specification()["paths"][path]
    assert (request.method.lower(), request.url.path) == (method, server + path.format(**given))
    assert set(request.url.params) <= parameters_of(path)


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
