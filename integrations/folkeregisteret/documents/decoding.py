"""Bytes to documents and back, in one pass; what cannot be read becomes UnexpectedAnswer, without a word of it."""

from typing import Final, TypeVar

import msgspec

from integrations.folkeregisteret.documents.person import PersonRecord
from integrations.folkeregisteret.errors import Cause, UnexpectedAnswer

_ENCODER: Final = msgspec.json.Encoder()
_PERSON: Final = msgspec.json.Decoder(PersonRecord)
# ValueError is what invalid UTF-8 gives; RecursionError, deep nesting.
_UNREADABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)

Answer = TypeVar("Answer")


def decode_person(raw: bytes) -> PersonRecord:
    """One person document. Raises UnexpectedAnswer."""
    return decode_answer(raw, _PERSON)


def encode_person(record: PersonRecord) -> bytes:
    """JSON with the register's names; what is None or empty is left out."""
    return _ENCODER.encode(record)


def decode_answer(raw: bytes, decoder: msgspec.json.Decoder[Answer]) -> Answer:
    """Whatever the decoder is for. Raises UnexpectedAnswer.

    Older data has empty strings and nulls where nothing is meant, and JSON may write a whole number as 1.0; only an
    answer that does not fit pays for a second look without those.
    """
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        return _decode_without_blanks(raw, decoder)
    except _UNREADABLE:
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD) from None


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
