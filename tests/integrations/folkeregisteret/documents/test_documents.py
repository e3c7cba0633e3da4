import json
from contextlib import suppress
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.folkeregisteret import documents
from integrations.folkeregisteret.documents import (
    Folkeregisteridentifikator,
    PersonRecord,
    current,
    current_number,
    decode_person,
    encode_person,
)
from integrations.http.errors import UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, READ_PROPERTIES, as_json

STRUCTS = sorted(
    (kind for kind in vars(documents).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)),
    key=lambda kind: kind.__name__,
)
SCALARS: dict[type, st.SearchStrategy[object]] = {
    str: st.text(min_size=1, max_size=12),
    int: st.integers(0, 10_000),
    bool: st.booleans(),
    date: st.dates().map(date.isoformat),
}


def contents_of(kind: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, object]]:
    """Every JSON object these types allow, fields left out included; an empty object or list is the same as none."""
    fields = {name: _values(hint) for name, hint in get_type_hints(kind).items() if name != "unread"}
    return st.fixed_dictionaries({}, optional=fields)


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return contents_of(hint)
    if hint in SCALARS:
        return SCALARS[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    inner = next(kind for kind in get_args(hint) if kind not in (type(None), Ellipsis))
    return st.lists(_values(inner), min_size=1, max_size=2) if get_args(hint)[-1] is Ellipsis else _values(inner)


PERSONS = contents_of(PersonRecord)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(PERSONS)
def test_every_document_the_types_allow_comes_back_as_it_was(person: dict[str, object]) -> None:
    assert json.loads(encode_person(decode_person(as_json(person)))) == person


def test_a_record_has_exactly_the_properties_of_the_vocabulary() -> None:
    assert set(PersonRecord.__struct_fields__) == READ_PROPERTIES


@given(st.binary(max_size=60) | JSON.map(as_json))
def test_garbage_is_an_unexpected_answer_or_an_empty_record_and_never_a_crash(raw: bytes) -> None:
    with suppress(UnexpectedAnswer):
        assert encode_person(decode_person(raw)) == b"{}"


@pytest.mark.parametrize(
    "raw",
    [b"", b"null", b"[]", b'"x"', b"{", b'{"navn": [', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "null", "array", "text", "open", "cut", "no UTF-8", "deep"],
)
def test_an_answer_that_is_no_document_is_unexpected(raw: bytes) -> None:
    with pytest.raises(UnexpectedAnswer):
        decode_person(raw)


def test_blanks_and_nulls_of_older_data_mean_nothing() -> None:
    person = decode_person(
        as_json(
            {
                "foedsel": [{"foedselsdato": "", "foedeland": None, "foedselsaar": "1990"}],
                "doedsfall": None,
                "navn": None,
            }
        )
    )
    assert json.loads(encode_person(person)) == {"foedsel": [{"foedselsaar": "1990"}]}


def test_new_codes_and_new_fields_break_nothing() -> None:
    person = decode_person(
        as_json({"identitetsgrunnlag": [{"identitetsgrunnlagstatus": "unik", "nytt": {"felt": 1}}], "noeNytt": [1]})
    )
    assert person.identitetsgrunnlag[0].identitetsgrunnlagstatus == "unik"


@pytest.mark.parametrize("digits", range(10))
def test_times_keep_every_digit_of_their_fractions(digits: int) -> None:
    fraction = "." + "129821871"[:digits] if digits else ""
    time = f"2025-02-18T10:01:45{fraction}+01:00"
    person = decode_person(as_json({"navn": [{"ajourholdstidspunkt": time}]}))
    assert person.navn[0].ajourholdstidspunkt == time


def test_a_whole_number_may_be_written_with_a_point() -> None:
    person = decode_person(b'{"bostedsadresse":[{"grunnkrets":307.0}]}')
    assert person.bostedsadresse[0].grunnkrets == 307


def test_a_ceased_person_is_a_number_a_status_and_nothing_else() -> None:
    skeleton = {
        "identifikasjonsnummer": [{"foedselsEllerDNummer": A_NUMBER, "status": "opphoert", "erGjeldende": True}],
        "status": [{"status": "opphoert", "erGjeldende": True}],
        "sivilstand": [{"sivilstand": "uoppgitt", "erGjeldende": True}],
    }
    person = decode_person(as_json(skeleton))
    assert (current_number(person), person.navn, person.foedsel) == (A_NUMBER, (), ())
    assert json.loads(encode_person(person)) == skeleton


@pytest.mark.parametrize("kind", STRUCTS, ids=lambda kind: kind.__name__)
def test_no_struct_shows_its_contents_to_a_log_or_a_debugger(kind: type[msgspec.Struct]) -> None:
    made = kind()
    assert (repr(made), made.__rich_repr__()) == (f"<{kind.__name__}>", [])


def test_current_entries_are_those_not_marked_as_past() -> None:
    person = decode_person(as_json({"navn": [{"erGjeldende": True}, {"erGjeldende": False}, {"fornavn": "RAD"}]}))
    assert current(person.navn) == (person.navn[0], person.navn[2])


def identifier(number: str | None, status: str, *, is_current: bool = True) -> Folkeregisteridentifikator:
    return Folkeregisteridentifikator(foedselsEllerDNummer=number, status=status, erGjeldende=is_current)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), None),
        ((identifier(None, "iBruk"),), None),
        ((identifier(A_NUMBER, "opphoert"),), A_NUMBER),
        ((identifier(ANOTHER_NUMBER, "opphoert", is_current=False), identifier(A_NUMBER, "iBruk")), A_NUMBER),
        ((identifier(ANOTHER_NUMBER, "opphoert"), identifier(A_NUMBER, "iBruk", is_current=False)), A_NUMBER),
    ],
)
def test_the_number_in_use_is_the_current_one(
    entries: tuple[Folkeregisteridentifikator, ...], expected: str | None
) -> None:
    assert current_number(PersonRecord(identifikasjonsnummer=entries)) == expected
