"""Whatever an operation is answered with, it gives its own kind of result or a typed error, and never crashes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.folkeregisteret.client import BulkAnswer, FeedPage, FolkeregisterClient
from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria, UniqueCriteria
from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.events import EventDocument
from integrations.http.errors import PartyError
from tests.integrations.folkeregisteret.making import A_NUMBER, document
from tests.integrations.folkeregisteret.register import Register, client_of

WITH = RightsPackage.WITH_LEGAL_BASIS
ID = "55591b51-0000-4000-8000-000000000001"
UNIQUE = UniqueCriteria(navn="RAD FURE", postnummer="8340")
EXTRACT = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
NOBODY: type = type(None)
EVENT = {"folkeregisteridentifikator": A_NUMBER, "hendelsestype": "endringINavn", "hendelsetype": "endringINavn"}
THICK = {
    "dokumentidentifikator": ID,
    "skjemaversjon": "1",
    "hendelse": EVENT | {"egenskapshendelse": [{"entitet": "navn", "navn": {"fornavn": "RAD"}}]},
}
PERSON = document(navn=[{"fornavn": "RAD"}], doedsfall={"doedsdato": "2020-12-22"}, status=[{"status": "doed"}])
NUMBERS = {"foedselsEllerDNummer": [A_NUMBER]}

Operation = Callable[[FolkeregisterClient], object]
#: By name: how it is asked, what a good answer is, and which kinds of result it has.
OPERATIONS: dict[str, tuple[Operation, object, tuple[type, ...]]] = {
    "person": (lambda c: c.person(WITH, A_NUMBER, {"navn"}), PERSON, (PersonRecord, NOBODY)),
    "bulk": (
        lambda c: c.bulk(WITH, [A_NUMBER], {"navn"}),
        {"oppslag": [{"foedselsEllerDNummer": A_NUMBER, "folkeregisterperson": PERSON}]},
        (BulkAnswer,),
    ),
    "search": (lambda c: c.search(WITH, SearchCriteria(navn="RAD")), NUMBERS, (str,)),
    "unique_search": (lambda c: c.unique_search(WITH, UNIQUE, {"navn"}), PERSON, (PersonRecord, NOBODY)),
    "order_extract": (lambda c: c.order_extract(WITH, EXTRACT), {"jobbId": "5b6e-1"}, (str,)),
    "extract_batch": (lambda c: c.extract_batch(WITH, "5b6e-1", 0), NUMBERS, (str, NOBODY)),
    "latest_event": (lambda c: c.latest_event(WITH), {"sekvensnummer": 7}, (int,)),
    "feed": (lambda c: c.feed(WITH, 7, '"abc"'), [{"sekvensnummer": 7, "hendelse": EVENT}], (FeedPage,)),
    "event": (lambda c: c.event(WITH, ID), THICK, (EventDocument, NOBODY)),
    "event_bulk": (lambda c: c.event_bulk(WITH, [ID]), [THICK], (EventDocument,)),
    "archived": (lambda c: c.archived(WITH, ID, {"navn"}), PERSON, (PersonRecord, NOBODY)),
    "archived_bulk": (lambda c: c.archived_bulk(WITH, [ID], {"navn"}), [PERSON], (PersonRecord,)),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
STATUSES = st.sampled_from([200, 200, 200, 200, 201, 204, 302, 304, 400, 403, 404, 406, 409, 410])


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths(one, (*path, key))


def replaced(value: Any, path: tuple[str | int, ...], by: object) -> Any:
    if not path:
        return by
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], by)
    return copy


@st.composite
def answers(draw: st.DrawFn, good: object) -> bytes:
    """A good answer with anything at all in some place of it, cut short now and then."""
    raw = json.dumps(replaced(good, draw(st.sampled_from(sorted(paths(good), key=len))), draw(JSON))).encode()
    return raw[: draw(st.integers(0, len(raw)))] if draw(st.integers(0, 5)) == 0 else raw


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(httpx.Response(200))


@pytest.fixture(scope="module")
def client(register: Register) -> FolkeregisterClient:
    return client_of(register)


def results_of(ask: Operation, client: FolkeregisterClient) -> list[object]:
    """What came, one by one; nothing for a typed error."""
    try:
        result = ask(client)
    except PartyError:
        return []
    return result if isinstance(result, list) else [result]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_good_answer_is_understood(operation: str, register: Register, client: FolkeregisterClient) -> None:
    ask, good, kinds = OPERATIONS[operation]
    register.answers = [httpx.Response(200, json=good)]
    results = results_of(ask, client)
    assert results
    assert all(isinstance(result, kinds[0]) for result in results)


@pytest.mark.parametrize("operation", OPERATIONS)
@settings(max_examples=60)
@given(data=st.data(), status=STATUSES)
def test_any_answer_is_a_result_or_a_typed_error(
    operation: str, register: Register, client: FolkeregisterClient, data: st.DataObject, status: int
) -> None:
    ask, good, kinds = OPERATIONS[operation]
    raw = data.draw(answers(good))
    register.answers = [httpx.Response(status, headers={"Content-Type": "application/json"}, content=raw)]
    assert all(isinstance(result, kinds) for result in results_of(ask, client))
