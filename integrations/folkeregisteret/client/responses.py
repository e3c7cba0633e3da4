"""Decoding the answers that several operations share, and checking them."""

from typing import Final, TypeVar

import httpx
import msgspec

from integrations.folkeregisteret.documents import PersonRecord, decode_answer, decode_person
from integrations.folkeregisteret.errors import DocumentGone
from integrations.folkeregisteret.identifiers import is_eleven_digits
from integrations.folkeregisteret.novelties import NOVELTIES
from integrations.folkeregisteret.problems import error_code, speaks_as_the_register
from integrations.http.errors import Cause, UnexpectedAnswer

PERSON: Final = msgspec.json.Decoder(PersonRecord)
ADocument = TypeVar("ADocument", bound=msgspec.Struct)


class _NumbersResponse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer with numbers. An empty list may be missing or null, but then the answer must hold nothing else, such as
    an error."""

    foedselsEllerDNummer: list[str] | None = None


class _SomeNumbers(msgspec.Struct, frozen=True):
    """An answer with at least one number, which may hold other fields too."""

    foedselsEllerDNummer: list[str]


class _Looked(msgspec.Struct, frozen=True):
    folkeregisterperson: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    feilmelding: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _Bulk(msgspec.Struct, frozen=True):
    oppslag: list[msgspec.Raw] | msgspec.UnsetType = msgspec.UNSET
    feilmelding: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_DOCUMENTS: Final = msgspec.json.Decoder(list[msgspec.Raw] | _Bulk)
_LOOKED: Final = msgspec.json.Decoder(_Looked)
_NUMBERS: Final = msgspec.json.Decoder(_NumbersResponse | None)
_SOME: Final = msgspec.json.Decoder(_SomeNumbers)


def person_or_none(response: httpx.Response) -> PersonRecord | None:
    """The person in an answer about one person; None for a 404. Raises UnexpectedAnswer."""
    if is_missing(response):
        return None
    person = check_identified(decode_person(response.content))
    NOVELTIES.look(response.content, PersonRecord)
    return person


def check_identified(person: PersonRecord) -> PersonRecord:
    """Returns the document; raises UnexpectedAnswer when it has no number, because then it is an error, not a
    person."""
    if not is_identified(person):
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    return person


def is_identified(person: PersonRecord) -> bool:
    """Whether the document has an identifier, as every document of both rights packages has."""
    return any(entry.foedselsEllerDNummer for entry in person.identifikasjonsnummer)


def decode_numbers(raw: bytes) -> list[str]:
    """The numbers of a search or a batch; [] for {}, null and an empty list. Raises UnexpectedAnswer."""
    try:
        answer = _NUMBERS.decode(raw)
        numbers = answer.foedselsEllerDNummer if answer else None
    except (msgspec.MsgspecError, ValueError, RecursionError):
        if b'"foedselsEllerDNummer"' not in raw:
            raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200) from None
        numbers = decode_answer(raw, _SOME).foedselsEllerDNummer
    if not all(map(is_eleven_digits, numbers or ())):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200)
    return numbers or []


def is_there(response: httpx.Response) -> bool:
    """Whether the answer has an archived document; False for a 404. Raises DocumentGone for a 400.

    A 400 cannot mean anything else here, because ids and parts are checked before they are sent.
    """
    if response.status_code == 400:
        raise DocumentGone(Cause.STATUS, 400, error_code(response))
    return not is_missing(response)


def is_missing(response: httpx.Response) -> bool:
    """Whether the register says that there is no such person or thing (404). Raises UnexpectedAnswer.

    A 404 without a body, or in the form of a server before the register, is about the address: a missing role must not
    look like a missing person.
    """
    if response.status_code == 404 and not speaks_as_the_register(response):
        raise UnexpectedAnswer(Cause.STATUS, 404, error_code(response))
    return response.status_code == 404


def decode_documents(raw: bytes, decoder: msgspec.json.Decoder[ADocument]) -> list[ADocument]:
    """The documents in an answer: in an array, a single one, or in the form of a bulk answer. Raises UnexpectedAnswer.

    The OpenAPI file says that a request for many gives one document, which cannot be meant (contract section 8).
    """
    documents = [document for one in _decode_apart(raw) for document in _unwrap(one)]
    found = [decode_answer(bytes(document), decoder) for document in documents]
    for place in NOVELTIES.due(len(documents)):
        NOVELTIES.look(documents[place], decoder.type)
    return found


def _decode_apart(raw: bytes) -> list[msgspec.Raw]:
    answer: list[msgspec.Raw] | _Bulk = decode_answer(raw, _DOCUMENTS)
    if isinstance(answer, list):
        return answer
    # Inside an array an error says that one document is missing; alone, that the whole request failed.
    if answer.feilmelding is not msgspec.UNSET:
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    return [msgspec.Raw(raw)] if answer.oppslag is msgspec.UNSET else answer.oppslag


def _unwrap(document: msgspec.Raw) -> list[msgspec.Raw]:
    looked = decode_answer(bytes(document), _LOOKED)
    if isinstance(looked.folkeregisterperson, msgspec.Raw):
        return [looked.folkeregisterperson]
    return [document] if looked.feilmelding is msgspec.UNSET else []
