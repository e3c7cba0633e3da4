"""Decoding and encoding documents in one pass. A document that does not fit its type is read field by field, with holes
(documents.holes)."""

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
# ValueError comes from invalid UTF-8, RecursionError from deep nesting.
_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)

Answer = TypeVar("Answer")
ADocument = TypeVar("ADocument", bound=Document)


def decode_person(raw: bytes) -> PersonRecord:
    """One person document, with a hole for each part that cannot be read. Raises UnexpectedAnswer."""
    return person_from(with_every_key(raw)) if says_twice(raw) else decode_answer(raw, _PERSON)


def person_from(value: object) -> PersonRecord:
    """The same from JSON that is decoded to Python objects already. It costs about fifteen times as much."""
    return _with_holes(value, PersonRecord)


def encode_person(record: PersonRecord) -> bytes:
    """The document as JSON with the register's names; fields that are None or empty are left out."""
    return _ENCODER.encode(record)


def unreadable_person(number: str) -> PersonRecord:
    """A document for a person of whom only this number could be read: a hole, with the strictest grading."""
    HOLES.count(["person"])
    hole = [None]
    known = [{"foedselsEllerDNummer": number}]
    return person_from({"identifikasjonsnummer": known, "navn": hole, PROTECTION_PART: hole})


def decode_answer(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
    """The decoded answer, of the decoder's type. Raises UnexpectedAnswer.

    A document that does not fit its type is read with holes. In other answers empty strings and nulls of older data are
    left out, and whole numbers may be written as 1.0.
    """
    # Outside the block, so that no error has the decoder's error as its context, which may quote the text it read.
    with suppress(*_UNREADABLE):
        return decoder.decode(raw)
    return _decode_with_patience(raw, decoder)


def _decode_with_patience(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
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
