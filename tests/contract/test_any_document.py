"""Whatever JSON the register owner's schema allows is read, and whatever it does not is a typed error."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given, settings

from integrations.folkeregisteret import documents, events
from integrations.folkeregisteret.documents import PersonRecord, decode_answer, encode_person, novelties_in
from integrations.folkeregisteret.documents.holes import read_with_holes
from integrations.folkeregisteret.elements import IGNORED_PROPERTIES
from integrations.folkeregisteret.events import EventDocument
from integrations.http.errors import UnexpectedAnswer
from tests.contract.facts import Fields, event_types_fields, types
from tests.integrations.folkeregisteret.making import A_NUMBER, as_json

PROPERTIES = sorted(set(types()["Folkeregisterperson"]) - IGNORED_PROPERTIES)
ENTITIES = sorted(set(event_types_fields()["Registerdata"]) - {"entitet", "entitetsendring"})
NEW = st.dictionaries(
    st.sampled_from(["noeNytt", "noeAnnet"]), st.integers() | st.lists(st.text(max_size=3)), max_size=1
)


def _time(moment: datetime, digits: int) -> str:
    fraction = f".{moment.microsecond:06}129"[: digits + 1] if digits else ""
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


MOMENTS = st.builds(_time, st.datetimes(timezones=st.just(UTC)), st.integers(0, 9))
#: A text of blanks alone says nothing, and is read as what cannot be read where a code is meant.
TEXTS = st.text(max_size=10).filter(lambda text: not text or bool(text.strip()))
WHOLE = st.integers(-(2**31), 2**31 - 1)
SCALARS: Mapping[str, st.SearchStrategy[object]] = {
    "array": TEXTS,
    "boolean": st.booleans(),
    "date": st.dates(date(1000, 1, 1)).map(date.isoformat),
    "date-time": MOMENTS,
    "integer": WHOLE | WHOLE.map(float),
    "string": TEXTS,
}


def allowed(kind: str, every: Mapping[str, Fields]) -> st.SearchStrategy[dict[str, object]]:
    """Every object of a type: what is required, what may be, and properties that are new."""
    values = {name: _value(field, every) for name, field in every[kind].items()}
    required = {name: value for name, value in values.items() if every[kind][name]["required"]}
    optional = {name: value for name, value in values.items() if name not in required}
    return st.builds(dict.__or__, st.fixed_dictionaries(required, optional=optional), NEW)


def _value(field: dict[str, Any], every: Mapping[str, Fields]) -> st.SearchStrategy[Any]:
    one = st.deferred(lambda: allowed(field["ref"], every)) if field["ref"] else _scalar(field)
    return st.lists(one, max_size=2) if field["array"] else one


def _scalar(field: dict[str, Any]) -> st.SearchStrategy[object]:
    if field["enum"]:
        return st.sampled_from(field["enum"])
    return SCALARS[field["format"] if field["format"] in SCALARS else field["type"]]


@st.composite
def persons(draw: st.DrawFn) -> dict[str, object]:
    """A document with some of its properties, each with whatever it may hold."""
    chosen = draw(st.lists(st.sampled_from(PROPERTIES), max_size=3, unique=True))
    return {name: draw(_value(types()["Folkeregisterperson"][name], types())) for name in chosen} | draw(NEW)


@st.composite
def thick_events(draw: st.DrawFn) -> dict[str, object]:
    every = event_types_fields()
    changed = draw(st.lists(st.sampled_from(ENTITIES), max_size=3))
    entries = [
        {"entitet": name, "entitetsendring": "korrigere", name: draw(_value(every["Registerdata"][name], every))}
        for name in changed
    ]
    event = {"folkeregisteridentifikator": A_NUMBER, "hendelsestype": "endringINavn", "ajourholdstidspunkt": "x"}
    return {"dokumentidentifikator": "1", "skjemaversjon": "1", "hendelse": event | {"egenskapshendelse": entries}}


def meant(value: Any) -> Any:
    """Without what stands for nothing, and without what is new."""
    if isinstance(value, dict):
        inner = {key: meant(one) for key, one in value.items() if key not in {"noeNytt", "noeAnnet"}}
        return {key: one for key, one in inner.items() if one not in ("", [], None)}
    if isinstance(value, str):
        return value.strip()  # a code is read without what stands around it
    return [one for one in map(meant, value) if one != ""] if isinstance(value, list) else value


@settings(max_examples=150, deadline=None)
@given(persons())
def test_every_person_the_schema_allows_comes_back_as_it_was(person: dict[str, object]) -> None:
    record = decode_answer(as_json(person), msgspec.json.Decoder(PersonRecord))
    assert meant(json.loads(encode_person(record))) == meant(person)
    new = {path[-1] for path, code in novelties_in(as_json(person), PersonRecord) if code is None}
    assert new <= {"noeNytt", "noeAnnet"}, "every property of the schema is known"


@settings(max_examples=80, deadline=None)
@given(thick_events())
def test_every_thick_event_the_schema_allows_comes_back_as_it_was(event: dict[str, object]) -> None:
    found = decode_answer(as_json(event), msgspec.json.Decoder(EventDocument))
    assert meant(json.loads(msgspec.json.encode(found))) == meant(event)


BESIDE = "aarsak"
#: What these kinds cannot be without: a hole there is no document.
NEEDED = {("DokumentForHendelse", "dokumentidentifikator"), ("DokumentForHendelse", "hendelse")}
REQUIRED: Mapping[type[msgspec.Struct], dict[str, object]] = {
    EventDocument: {"dokumentidentifikator": "1", "hendelse": {}},
}
WRONG: Mapping[str, tuple[object, ...]] = {
    "array": (1, True, [[]], [1]),
    "boolean": ("ja", 1, [1], {"a": 1}),
    "date": ("i går", 20150503, "2015-13-01", "0000-00-00", [1], {"a": 1}),
    "date-time": (1, True, [1], {"a": 1}),
    "integer": ("1", 1.5, True, [1], {"a": 1}),
    "object": (1, "x", True, [1]),
    "string": (1, 1.5, True, [1], {"a": 1}),
}


def kind_of_field(field: dict[str, Any]) -> str:
    if field["array"]:
        return "array"
    if field["ref"]:
        return "object"
    kind: str = field["format"] if field["format"] in WRONG else field["type"]
    return kind


def of_persons(name: str) -> type[msgspec.Struct]:
    found: type[msgspec.Struct] = PersonRecord if name == "Folkeregisterperson" else getattr(documents, name)
    return found


def of_events(name: str) -> type[msgspec.Struct]:
    found: type[msgspec.Struct] = EventDocument if name == "DokumentForHendelse" else getattr(events, name)
    return found


FIELDS: list[tuple[str, str, Callable[[str], type[msgspec.Struct]], dict[str, Any]]] = [
    (kind, name, struct_of, field)
    for every, struct_of, kinds in (
        (types(), of_persons, sorted(types())),
        (event_types_fields(), of_events, ["DokumentForHendelse", "Hendelse", "Registerdata"]),
    )
    for kind in kinds
    if "." not in kind and kind not in {"PreferertKontaktadresse", "AdresseIFrittFormat"}
    for name, field in every[kind].items()
    if name not in IGNORED_PROPERTIES and (kind, name) not in NEEDED
]


@pytest.mark.parametrize(
    ("kind", "name", "struct_of", "field"), FIELDS, ids=[f"{kind}.{name}" for kind, name, _, _ in FIELDS]
)
def test_what_the_schema_does_not_allow_in_a_field_is_a_hole_there_and_nowhere_else(
    kind: str, name: str, struct_of: Callable[[str], type[msgspec.Struct]], field: dict[str, Any]
) -> None:
    struct = struct_of(kind)
    for wrong in WRONG[kind_of_field(field)]:
        found, holes = read_with_holes(REQUIRED.get(struct, {}) | {BESIDE: "x", name: wrong}, struct)
        assert holes, wrong
        assert all(hole.startswith(name) for hole in holes)
        assert name in getattr(found, "unread", (name,))
        assert name == BESIDE or getattr(found, BESIDE, "x") == "x"


def test_what_a_kind_cannot_be_without_makes_it_no_document() -> None:
    with pytest.raises(UnexpectedAnswer) as refused:
        decode_answer(b'{"dokumentidentifikator": 1, "hendelse": {}}', msgspec.json.Decoder(EventDocument))
    assert str(refused.value) == "UnexpectedAnswer: an answer that cannot be read"
