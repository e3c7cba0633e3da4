"""The register's answers about many persons at once."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

import msgspec

from integrations.folkeregisteret.client.responses import is_identified
from integrations.folkeregisteret.documents import (
    PersonRecord,
    decode_answer,
    person_from,
    says_twice,
    unreadable_person,
    with_every_key,
)
from integrations.folkeregisteret.novelties import NOVELTIES
from integrations.folkeregisteret.sightings import HOLES
from integrations.http.errors import Cause, UnexpectedAnswer


class NoPerson(StrEnum):
    """Why an answer has no person. The register says it only in words, which may repeat a number and are not kept."""

    UNKNOWN = "unknown"
    CEASED = "ceased"
    UNSAID = "unsaid"


class BulkAnswer(msgspec.Struct, frozen=True, gc=False):
    """The answer about one of many persons: the person, or why there is none.

    A number that was replaced gives the person under their new number, so the current number differs from `asked`.
    is_unread: the person is a hole, because nothing of the document could be read, not even the grading.
    """

    asked: str
    person: PersonRecord | None = None
    reason: NoPerson | None = None
    is_unread: bool = False

    def __repr__(self) -> str:
        return "<BulkAnswer>"


class _Refusal(msgspec.Struct, frozen=True):
    feilmelding: str = ""


class _Oppslag(msgspec.Struct, frozen=True, gc=False):
    foedselsEllerDNummer: str
    folkeregisterperson: PersonRecord | None = None
    feilmelding: _Refusal | None = None


class _Response(msgspec.Struct, frozen=True):
    oppslag: list[_Oppslag]


class _RawOppslag(msgspec.Struct, frozen=True):
    folkeregisterperson: msgspec.Raw = msgspec.Raw(b"{}")


class _RawResponse(msgspec.Struct, frozen=True):
    oppslag: list[_RawOppslag]


_RESPONSE: Final = msgspec.json.Decoder(_Response)
_RAW: Final = msgspec.json.Decoder(_RawResponse)
_WORDS: Final = (
    (NoPerson.CEASED, ("utgått", "opphør")),
    (NoPerson.UNKNOWN, ("ukjent", "ingen person", "finnes ikke", "ikke funnet", "fant ikke")),
)


def decode_answers(raw: bytes, numbers: Sequence[str], *, as_ordered: bool) -> list[BulkAnswer]:
    """The answers about these numbers. A person who cannot be read is included as a hole. Raises UnexpectedAnswer."""
    quick = _decode_at_once(raw)
    answers = _decode_one_by_one(raw) if quick is None else quick
    _check_asked_for(answers, numbers, as_ordered=as_ordered)
    if quick and (due := NOVELTIES.due(len(answers))):
        documents = decode_answer(raw, _RAW).oppslag
        for place in due:
            NOVELTIES.look(documents[place].folkeregisterperson, PersonRecord)
    return answers


def _decode_at_once(raw: bytes) -> list[BulkAnswer] | None:
    """All answers decoded at once; None when one of them does not fit its type."""
    try:
        found = _RESPONSE.decode(raw).oppslag
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return None if says_twice(raw, len(found)) else [_answer(one) for one in found]


def _answer(one: _Oppslag) -> BulkAnswer:
    if one.folkeregisterperson:
        return _person(one.foedselsEllerDNummer, one.folkeregisterperson)
    return BulkAnswer(one.foedselsEllerDNummer, None, _reason(one.feilmelding or _Refusal()))


def _person(asked: str, person: PersonRecord) -> BulkAnswer:
    """The answer with this document. A document without a number is an error, not a person, and is not used."""
    return BulkAnswer(asked, person) if is_identified(person) else _unread(asked)


def _unread(asked: str) -> BulkAnswer:
    return BulkAnswer(asked, unreadable_person(asked), is_unread=True)


def _decode_one_by_one(raw: bytes) -> list[BulkAnswer]:
    """Each answer decoded by itself, so that an unreadable one does not spoil the others.

    An answer that names no number is only counted.
    """
    answer = with_every_key(raw)
    found = answer.get("oppslag") if isinstance(answer, dict) else None
    answers = [_decode_loosely(one) for one in found] if isinstance(found, list) else []
    about_somebody = [one for one in answers if one]
    if not about_somebody:
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200)
    HOLES.count(["oppslag"] * (len(answers) - len(about_somebody)))
    return about_somebody


def _decode_loosely(one: Any) -> BulkAnswer | None:
    asked = _number_asked_for(one.get("foedselsEllerDNummer")) if isinstance(one, dict) else None
    if asked is None:
        return None
    document, refusal = one.get("folkeregisterperson"), one.get("feilmelding")
    if document not in (None, ""):
        person = _readable(document)
        return _person(asked, person) if person else _unread(asked)
    text = refusal.get("feilmelding") if isinstance(refusal, dict) else refusal
    return BulkAnswer(asked, None, _reason(_Refusal(text if isinstance(text, str) else "")))


def _number_asked_for(number: object) -> str | None:
    """The number asked for, also when JSON has it as a number without leading zeros; None for anything else."""
    if isinstance(number, int) and not isinstance(number, bool):
        return f"{number:011}"
    return number if isinstance(number, str) else None


def _readable(document: object) -> PersonRecord | None:
    try:
        return person_from(document)
    except UnexpectedAnswer:
        return None


def _reason(refusal: _Refusal) -> NoPerson:
    text = refusal.feilmelding.lower()
    return next((reason for reason, words in _WORDS if any(word in text for word in words)), NoPerson.UNSAID)


def _check_asked_for(answers: Sequence[BulkAnswer], numbers: Sequence[str], *, as_ordered: bool) -> None:
    """Raises UnexpectedAnswer for an answer about a person who was not asked for, which would not be logged."""
    wanted = frozenset(numbers)
    if not all(answer.asked in wanted for answer in answers):
        raise UnexpectedAnswer(Cause.NOT_ASKED_FOR, 200)
    if as_ordered and [answer.asked for answer in answers] != list(numbers):
        raise UnexpectedAnswer(Cause.TRUNCATED, 200)
