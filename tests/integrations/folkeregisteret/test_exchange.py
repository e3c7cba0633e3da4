"""One request through one door: its token and headers, and what the breaker is told of the outcome."""

import threading

import httpx
import jwt
import pytest

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.criteria import ExtractCriteria
from integrations.folkeregisteret.doors import FiksDoor, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.breaker import Breaker
from integrations.http.errors import Cause, Refused, Unavailable
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, client_of

PACKAGE = RightsPackage.WITH_LEGAL_BASIS
EXTRACT = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
PERSON = httpx.Response(200, json=document())


def person(client: FolkeregisterClient) -> object:
    return client.person(PACKAGE, A_NUMBER, {"navn"})


def test_fiks_is_asked_at_its_own_address_with_the_integrations_headers() -> None:
    door = FiksDoor(
        address="https://fiks.example",
        roles={PACKAGE: "role-1"},
        integration_id="case-system",
        integration_password="a-password-of-fiks",
    )
    register = Register(PERSON)
    assert person(client_of(register, door=door))
    request = register.asked[0]
    assert str(request.url) == f"https://fiks.example/folkeregister/api/v1/role-1/v1/personer/{A_NUMBER}?part=navn"
    assert request.headers["IntegrasjonId"] == "case-system"
    assert request.headers["IntegrasjonPassord"] == "a-password-of-fiks"
    assert request.headers["Authorization"] == "Bearer token-1"


def test_one_organisations_delegation_is_in_the_token_its_own_door_asks_for() -> None:
    register = Register(PERSON)
    person(client_of(register, door=SkatteetatenDoor("https://register.example", "310000027")))
    grant = register.grants[0]["assertion"][0]
    assert jwt.decode(grant, options={"verify_signature": False})["consumer_org"] == "310000027"


def test_a_token_that_cannot_be_had_says_nothing_about_the_register() -> None:
    register = Register(PERSON)
    maskinporten_is_down = threading.Event()
    maskinporten_is_down.set()

    def answers(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/token" and maskinporten_is_down.is_set():
            return httpx.Response(400)
        return register(request)

    client = client_of(answers)
    for _ in range(10):
        with pytest.raises(Refused):
            person(client)
    maskinporten_is_down.clear()
    assert person(client)
    assert len(register.asked) == 1


def test_a_register_that_answers_again_is_asked_again_within_ten_seconds() -> None:
    now = [1000.0]
    register = Register(httpx.Response(503))
    client = client_of(register, breaker=Breaker(clock=lambda: now[0]))
    for _ in range(100):
        now[0] += 0.5
        with pytest.raises(Unavailable):
            client.order_extract(PACKAGE, EXTRACT)
    register.answers = [httpx.Response(200, json={"jobbId": "5b6e-1"})]
    answered_again, waited = now[0], 0
    while not _answered(client):
        now[0] += 0.5
        waited += 1
    assert waited > 0
    assert now[0] - answered_again <= 10
    assert all(_answered(client) for _ in range(5))


def _answered(client: FolkeregisterClient) -> bool:
    try:
        return bool(client.order_extract(PACKAGE, EXTRACT))
    except Unavailable:
        return False


def test_after_five_failures_in_a_row_nobody_waits_any_more() -> None:
    register = Register(httpx.ConnectError(""))
    client = client_of(register)
    for _ in range(5):
        with pytest.raises(Unavailable):
            person(client)
    asked = len(register.asked)
    with pytest.raises(Unavailable) as refused:
        person(client)
    assert (refused.value.cause, len(register.asked)) == (Cause.BREAKER_OPEN, asked)
