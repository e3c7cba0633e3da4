"""Answers that several operations share, and what is looked at before one is believed."""

from typing import Final

import httpx
import msgspec

from integrations.folkeregisteret.client.asking import is_number
from integrations.folkeregisteret.documents import PersonRecord, decode_answer
from integrations.folkeregisteret.errors import Cause, UnexpectedAnswer
from integrations.folkeregisteret.novelties import NOVELTIES

_PERSON: Final = msgspec.json.Decoder(PersonRecord)


class _NumbersResponse(msgspec.Struct, frozen=True):
    """An empty list may be left out, but then nothing else may stand there, such as an error."""

    foedselsEllerDNummer: list[str] | None = None


_NUMBERS: Final = msgspec.json.Decoder(_NumbersResponse)


def person_or_none(response: httpx.Response) -> PersonRecord | None:
    """The person in an answer about one, None for a 404. Raises UnexpectedAnswer."""
    if response.status_code == 404:
        return None
    person = identified(decode_answer(response.content, _PERSON))
    NOVELTIES.look(response.content, PersonRecord)
    return person


def identified(person: PersonRecord) -> PersonRecord:
    """Both rights packages always send the identifiers along: a document without is an error in a person's clothes."""
    if not any(entry.foedselsEllerDNummer for entry in person.identifikasjonsnummer):
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    return person


def numbers_in(raw: bytes) -> list[str]:
    """The numbers of a search or a batch, {} being none. Raises UnexpectedAnswer."""
    numbers = decode_answer(raw, _NUMBERS).foedselsEllerDNummer
    if numbers is None and raw.strip() != b"{}":
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    if not all(map(is_number, numbers or ())):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200)
    return numbers or []
