"""Bytes to documents and back, in one pass. What does not fit is read field by field, with holes (documents.holes)."""

from contextlib import suppress
from typing import Final, TypeVar, cast, get_args, get_origin

import msgspec

from integrations.folkeregisteret.documents.holes import read_with_holes
from integrations.folkeregisteret.documents.loosely import decode_loosely, says_twice, with_every_key
from integrations.folkeregisteret.documents.metadata import Document
from integrations.folkeregisteret.documents.person import PersonRecord
from integrations.folkeregisteret.elements import PROTECTION_PART
from integrations.folkeregisteret.sightings import HOLES
from integrations.http.errors import Cause, UnexpectedAnswer

_ENCODER: Final = msgspec.json.Encoder()
_PERSON: Final = msgspec.json.Decoder(PersonRecord)
# ValueError is what invalid UTF-8 gives; RecursionError, deep nesting.
_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)

Answer = TypeVar("Answer")
ADocument = TypeVar("ADocument", bound=Document)


def decode_person(raw: bytes) -> PersonRecord:
    """One person document, with a hole where something in it cannot be read. Raises UnexpectedAnswer."""
    return person_from(with_every_key(raw)) if says_twice(raw) else decode_answer(raw, _PERSON)


def person_from(value: object) -> PersonRecord:
    """The same from JSON as Python has it, at about fifteen times the cost."""
    return _with_holes(value, PersonRecord)


def encode_person(record: PersonRecord) -> bytes:
    """JSON with the register's names; what is None or empty is left out."""
    return _ENCODER.encode(record)


def unreadable_person(number: str) -> PersonRecord:
    """Stands for a person of whom nothing could be read but this number: a hole, and of the strictest grading."""
    HOLES.count(["person"])
    hole = [None]
    known = [{"foedselsEllerDNummer": number}]
    return person_from({"identifikasjonsnummer": known, "navn": hole, PROTECTION_PART: hole})


def decode_answer(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
    """Whatever the decoder is for. Raises UnexpectedAnswer.

    A document is read with holes when it does not fit. Of any other answer only the empty strings and nulls of older
    data are left out, and whole numbers may be written as 1.0.
    """
    # Outside of the block, so that no error drags a decoder's along, which may quote what it read.
    with suppress(*_UNREADABLE):
        return decoder.decode(raw)
    return _patiently(raw, decoder)


def _patiently(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
    kind = decoder.type
    if isinstance(kind, type) and issubclass(kind, Document):
        return cast(Answer, _with_holes(decode_loosely(raw), kind))
    if (one := next(iter(get_args(kind)), None)) and get_origin(kind) is tuple and issubclass(one, Document):
        return cast(Answer, _each_with_holes(decode_loosely(raw), one))
    return _decode_without_blanks(raw, decoder)


def _each_with_holes(value: object, kind: type[ADocument]) -> tuple[ADocument, ...]:
    if not isinstance(value, list):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD)
    return tuple(_with_holes(one, kind) for one in value)


def _with_holes(value: object, kind: type[ADocument]) -> ADocument:
    document, holes = read_with_holes(value, kind)
    HOLES.count(holes)
    return document


def _decode_without_blanks(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
    try:
        return decoder.decode(_ENCODER.encode(_without_blanks(msgspec.json.decode(raw))))
    except _UNREADABLE:
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD) from None


def _without_blanks(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_blanks(inner) for key, inner in value.items() if inner is not None and inner != ""}
    if isinstance(value, list):
        return [_without_blanks(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
