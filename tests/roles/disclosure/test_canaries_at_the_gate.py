"""Random roles against random documents, through client, gate and log: no canary leaves, and none is logged.

The register is faked at the transport and answers with the whole document whatever it is asked for.
"""

import json
import logging
from collections.abc import Iterator
from random import Random
from types import ModuleType

import httpx
import msgspec
import pytest
from django.conf import settings as configured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.folkeregisteret.client import FolkeregisterClient
from integrations.folkeregisteret.documents import Folkeregisteridentifikator, PersonRecord, encode_person
from integrations.folkeregisteret.doors import SkatteetatenDoor
from integrations.folkeregisteret.elements import ELEMENTS
from integrations.maskinporten.tokens import TokenSource
from roles.audit.models import AuditEntry
from roles.disclosure import disclose, many, one, relatives
from roles.models import Use
from roles.policy.fieldpolicy import PermittedRecord
from tests.roles.canaries import GRADES, Aviary, Breeder, leaves, may_fly
from tests.roles.disclosure.asking import NORDVAAG, access
from tests.roles.disclosure.asking import many as disclosed_to
from tests.roles.disclosure.residents import numbers
from tests.roles.policy.test_canaries import flown

NUMBER = numbers()
OWN = {NUMBER, "iBruk"}
roles = st.frozensets(st.sampled_from(sorted(ELEMENTS)))
flags = st.booleans()
relaxed = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def aviary(seed: int, grade: str) -> Aviary:
    """A random document of a person with a valid number, made from a seed, so that a failure names the seed."""
    bred = Breeder(Random(seed)).document(grade)
    own = (Folkeregisteridentifikator(foedselsEllerDNummer=NUMBER, status="iBruk", erGjeldende=True),)
    return Aviary(msgspec.structs.replace(bred.record, identifikasjonsnummer=own), grade, bred.perches)


people = st.tuples(st.integers(0, 2**32), st.sampled_from(GRADES))


class Transport(httpx.BaseTransport):
    """The register and Maskinporten as one transport. record: the person that every lookup finds."""

    record = PersonRecord()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return httpx.Response(200, json={"access_token": "a-token", "expires_in": 3600})
        person = encode_person(self.record)
        if not request.url.path.endswith("/bulkoppslag"):
            return httpx.Response(200, content=person, headers={"Content-Type": "application/json"})
        asked = json.loads(request.content)["foedselsEllerDNummer"]
        found = [b'{"foedselsEllerDNummer":"%s","folkeregisterperson":%s}' % (NUMBER.encode(), person)] * (
            NUMBER in asked
        )
        body = b'{"oppslag":[' + b",".join(found) + b"]}"
        return httpx.Response(200, content=body, headers={"Content-Type": "application/json"})


@pytest.fixture
def register(db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[Transport]:
    caplog.set_level(logging.DEBUG)
    transport = Transport()
    with httpx.Client(transport=transport) as http:
        tokens = TokenSource(
            endpoint="http://register.example/token",
            audience="http://register.example/",
            client_id="client",
            private_key=configured.MASKINPORTEN_PRIVATE_KEY,
            key_id="key",
            http=http,
        )
        client = FolkeregisterClient(door=SkatteetatenDoor("http://register.example"), tokens=tokens, http=http)
        for module in (one, many, relatives):
            _ask(monkeypatch, module, client)
        yield transport


def _ask(monkeypatch: pytest.MonkeyPatch, module: ModuleType, client: FolkeregisterClient) -> None:
    monkeypatch.setattr(module, "client", lambda _organisation: client)


def nothing_leaks(
    register: Transport, caplog: pytest.LogCaptureFixture, elements: frozenset[str], found: Aviary, opened: bool
) -> None:
    caplog.clear()
    register.record = found.record
    asking = {"confidential_addresses": opened, "reason": "Akutt fare" if opened else ""}
    record = disclose(access(*elements, **asking), NUMBER)
    assert record is not None
    may_open = opened and "adressebeskyttelse" in elements
    allowed = {
        canary for canary, perch in found.perches.items() if may_fly(perch, elements, found.grade, opened=may_open)
    }
    assert flown(record) <= allowed | OWN
    assert sorted(record.delivered) == last_entry().fields.get("elements_delivered", [])
    nothing_is_written(record, caplog, found)


def last_entry() -> AuditEntry:
    return AuditEntry.objects.of_organisation(NORDVAAG).order_by("-seq")[0]


def nothing_is_written(record: PermittedRecord, caplog: pytest.LogCaptureFixture, found: Aviary) -> None:
    """Checks that no canary stands in the audit log, in a logger's lines, or in the repr of an object."""
    written = f"{last_entry().body} {caplog.text} {record!r} {dict(record.elements)}"
    assert "CANARY" not in written
    assert NUMBER not in written
    assert not any(str(leaf) in written for leaf in leaves(found.record) if type(leaf) is int)


@relaxed
@given(roles, people, flags)
def test_no_canary_leaves_the_gate(
    register: Transport, caplog: pytest.LogCaptureFixture, elements: frozenset[str], who: tuple[int, str], opened: bool
) -> None:
    nothing_leaks(register, caplog, elements, aviary(*who), opened)


@relaxed
@given(roles, people)
def test_no_canary_leaves_onto_a_list(register: Transport, elements: frozenset[str], who: tuple[int, str]) -> None:
    found = aviary(*who)
    register.record = found.record
    disclosed = disclosed_to(access(*elements, use=Use.CITIZEN_LIST), [NUMBER])
    protected = found.grade in ("fortrolig", "strengtFortrolig")
    assert len(disclosed.records) + disclosed.left_out == 1
    if protected or "adressebeskyttelse" in elements:
        assert disclosed.left_out == protected
    allowed = {canary for canary, perch in found.perches.items() if may_fly(perch, elements, found.grade)}
    assert all(flown(record) <= allowed | OWN for record in disclosed.records)
