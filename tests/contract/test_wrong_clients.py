"""Clients that are wrong on purpose, one thing each: every one is refused, with the error that is documented for it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import httpx
import pytest

from tests.contract.asking import (
    DOORS,
    NARROW,
    ORGANISATION,
    PATHS,
    ROLES,
    WITH,
    WITHOUT,
    Client,
    Door,
    ask_token,
    fiks_headers,
    token,
)
from tests.contract.authored import departures

NUMBERS: Final = {"foedselsEllerDNummer": ["03851598730"]}
STATUSES: Final = {"personstatustyper": ["bosatt"]}
REGISTER, OPEN, FIKS, OPEN_FIKS = DOORS


@dataclass(frozen=True, slots=True)
class Asking:
    """What a wrong client starts from: everything right."""

    simulator: str
    client: Client
    ways: dict[str, Door]
    number: str

    def person(self, door: str = REGISTER, query: str = "part=navn", **headers: str) -> httpx.Response:
        return self.ways[door].http.get(f"/personer/{self.number}?{query}", headers=headers)

    def at(self, path: str, *, scope: str = "folkeregister:deling/offentligmedhjemmel") -> httpx.Response:
        bearer = token(self.simulator, self.client, scope)
        headers = {"Accept": "application/json", "Authorization": f"Bearer {bearer}"}
        return httpx.get(f"{self.simulator}{path}/personer/{self.number}?part=navn", headers=headers)

    def bulk(self, body: object, door: str = REGISTER, query: str = "part=navn", **headers: str) -> httpx.Response:
        return self.ways[door].http.post(f"/personer/bulkoppslag?{query}", json=body, headers=headers)

    def raw_bulk(self, content: bytes, **headers: str) -> httpx.Response:
        http = self.ways[REGISTER].http
        return http.post("/personer/bulkoppslag?part=navn", content=content, headers=headers)

    def extract(self, **criteria: object) -> httpx.Response:
        return self.ways[REGISTER].post("/uttrekk/tilpasset", STATUSES | criteria)

    def grant(self, **claims: Any) -> httpx.Response:
        scope = str(claims.pop("scope", "folkeregister:deling/offentligmedhjemmel"))
        return ask_token(self.simulator, self.client.grant(self.simulator, scope, **claims))

    def fiks(self, role: str = ROLES[WITH], query: str = "?part=navn", **headers: str) -> httpx.Response:
        right = fiks_headers(token(self.simulator, self.client, "ks:fiks"))
        path = f"/folkeregister/api/v1/{role}/v1/personer/{self.number}{query}"
        return httpx.get(self.simulator + path, headers=right | headers)


@pytest.fixture
def asking(simulator: str, client: Client, ways: dict[str, Door], cases: dict[str, str]) -> Asking:
    return Asking(simulator, client, ways, cases["vanlig-familie"])


Wrong = Callable[[Asking], httpx.Response]
APPLICATION, ACCESS, RESOURCE = "errors/application", "errors/access", "errors/resource"
EXTRACT, FIKS_OWN, MASKINPORTEN = "errors/extract", "errors/fiks", "maskinporten/refusal"

AT_THE_REGISTER: Final[dict[str, tuple[Wrong, int, str]]] = {
    "the path order of the other package": (
        lambda a: a.at("/folkeregisteret/api/offentligmedhjemmel/v1"),
        404,
        RESOURCE,
    ),
    "the other package's name in this order": (
        lambda a: a.at("/folkeregisteret/offentlig-uten-hjemmel/api/v1"),
        404,
        RESOURCE,
    ),
    "the scope of the other package": (lambda a: a.at(PATHS[WITHOUT]), 403, ACCESS),
    "the scope of Fiks": (lambda a: a.at(PATHS[WITH], scope="ks:fiks"), 403, ACCESS),
    "no token": (lambda a: a.person(Authorization=""), 401, ACCESS),
    "a made-up token": (lambda a: a.person(Authorization="Bearer made-up"), 401, ACCESS),
    "a part twice": (lambda a: a.person(query="part=navn&part=navn"), 400, APPLICATION),
    "parts in one value": (lambda a: a.person(query="part=navn,status"), 400, APPLICATION),
    "a part that is none": (lambda a: a.person(query="part=inntekt"), 400, APPLICATION),
    "a part of the other package": (lambda a: a.person(OPEN, query="part=familierelasjon"), 403, ACCESS),
    "an unknown parameter": (lambda a: a.person(query="part=navn&korrelasjonsid=1"), 400, APPLICATION),
    "an unknown header": (lambda a: a.person(**{"X-Correlation-Id": "1"}), 400, APPLICATION),
    "the headers of Fiks": (lambda a: a.person(IntegrasjonId="1"), 400, APPLICATION),
    "XML wanted": (lambda a: a.person(Accept="application/xml"), 406, APPLICATION),
    "XML sent": (lambda a: a.raw_bulk(b"<a/>", **{"Content-Type": "application/xml"}), 400, APPLICATION),
    "no content type": (lambda a: a.raw_bulk(b'{"foedselsEllerDNummer":[]}'), 400, APPLICATION),
    "an unknown field": (lambda a: a.bulk(NUMBERS | {"part": ["navn"]}), 400, APPLICATION),
    "more than a thousand": (
        lambda a: a.bulk({"foedselsEllerDNummer": ["03851598730"] * 1001}),
        400,
        APPLICATION,
    ),
    "home and stay in one extract": (
        lambda a: a.extract(kommunenummer={"bostedskommunenummer": "1870", "oppholdskommunenummer": "1870"}),
        400,
        APPLICATION,
    ),
    "an extract of nobody's status": (lambda a: a.extract(personstatustyper=[]), 400, APPLICATION),
    "a batch of no job": (lambda a: a.ways[REGISTER].get("/uttrekk/finnes-ikke/batch/0"), 410, EXTRACT),
    "a search by an unknown criterion": (
        lambda a: a.ways[REGISTER].get("/personer/soek?fornavn=RAD"),
        400,
        APPLICATION,
    ),
    "a unique search by name alone": (
        lambda a: a.ways[REGISTER].get("/personer/entydigsoek?part=navn&navn=RAD%20FURE"),
        400,
        APPLICATION,
    ),
}
AT_FIKS: Final[dict[str, tuple[Wrong, int, str]]] = {
    "a wrong password": (lambda a: a.fiks(IntegrasjonPassord="feil"), 401, FIKS_OWN),
    "an integration that is none": (lambda a: a.fiks(IntegrasjonId="feil"), 401, FIKS_OWN),
    "no integration": (lambda a: a.fiks(IntegrasjonId="", IntegrasjonPassord=""), 401, FIKS_OWN),
    "the register's token": (
        lambda a: a.fiks(Authorization=a.ways[REGISTER].http.headers["Authorization"]),
        401,
        FIKS_OWN,
    ),
    "no token": (lambda a: a.fiks(Authorization=""), 401, FIKS_OWN),
    "an unknown header": (lambda a: a.fiks(**{"X-Correlation-Id": "1"}), 400, FIKS_OWN),
    "a role that is none": (lambda a: a.fiks(role="00000000-0000-4000-8000-000000000000"), 403, FIKS_OWN),
    "a part the role does not open": (lambda a: a.fiks(NARROW, "?part=navn&part=status"), 403, FIKS_OWN),
    "history the role does not open": (lambda a: a.fiks(NARROW, "?part=navn&part=historikk"), 403, FIKS_OWN),
    "no part, with a role that opens less than the basic set": (lambda a: a.fiks(NARROW, ""), 403, FIKS_OWN),
    "a part the package does not have": (lambda a: a.person(OPEN_FIKS, query="part=bibehold"), 403, ACCESS),
    "an address of the register's own": (
        lambda a: a.ways[FIKS].http.get(f"{a.simulator}{PATHS[WITH]}/personer/{a.number}?part=navn"),
        400,
        APPLICATION,
    ),
}
AT_MASKINPORTEN: Final[dict[str, tuple[Wrong, int, str]]] = {
    "a resource in the grant": (lambda a: a.grant(resource="https://folkeregisteret.example"), 400, MASKINPORTEN),
    "another audience": (lambda a: a.grant(aud="https://ver2.maskinporten.example/"), 400, MASKINPORTEN),
    "a grant of yesterday": (lambda a: a.grant(iat=1_700_000_000, exp=1_700_000_060), 400, MASKINPORTEN),
    "no id of its own": (lambda a: a.grant(jti=None), 400, MASKINPORTEN),
    "no issuer": (lambda a: a.grant(iss="somebody-else"), 400, MASKINPORTEN),
    "a scope that is not the client's": (lambda a: a.grant(scope="folkeregister:deling/finans"), 400, MASKINPORTEN),
    "a key that is not registered": (lambda a: a.grant(header={"kid": "another"}), 400, MASKINPORTEN),
    "on behalf of who has not delegated": (lambda a: a.grant(consumer_org="999888777"), 403, MASKINPORTEN),
    "on behalf of itself": (lambda a: a.grant(consumer_org=ORGANISATION), 400, MASKINPORTEN),
    "a field of its own in the form": (
        lambda a: ask_token(a.simulator, a.client.grant(a.simulator, "ks:fiks"), client_id="fiksreg"),
        400,
        MASKINPORTEN,
    ),
}
WRONG: Final = {
    f"{where}: {what}": case
    for where, cases in (("register", AT_THE_REGISTER), ("fiks", AT_FIKS), ("maskinporten", AT_MASKINPORTEN))
    for what, case in cases.items()
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_client_is_refused_as_documented(asking: Asking, what: str) -> None:
    ask, status, schema = WRONG[what]
    answer = ask(asking)
    assert answer.status_code == status
    assert departures(answer.json(), schema) == Counter()


def test_the_same_clients_without_the_wrong_are_answered(asking: Asking) -> None:
    answers = [asking.person(door) for door in DOORS] + [asking.bulk(NUMBERS, door) for door in DOORS]
    answers += [asking.extract(), asking.grant(), asking.fiks(), asking.fiks(NARROW), asking.at(PATHS[WITH])]
    assert {answer.status_code for answer in answers} == {200}


def test_a_grant_is_good_once(asking: Asking) -> None:
    grant = asking.client.grant(asking.simulator, "ks:fiks")
    assert [ask_token(asking.simulator, grant).status_code for _ in range(2)] == [200, 400]
