"""What the register answers about many persons at once."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import msgspec

from integrations.folkeregisteret.client.answered import identified
from integrations.folkeregisteret.documents import PersonRecord, decode_answer
from integrations.folkeregisteret.errors import Cause, UnexpectedAnswer
from integrations.folkeregisteret.novelties import NOVELTIES


class NoPerson(StrEnum):
    """Why there is no person. The register says it in words only, which may repeat a number and are not kept."""

    UNKNOWN = "unknown"
    CEASED = "ceased"
    UNSAID = "unsaid"


class BulkAnswer(msgspec.Struct, frozen=True, gc=False):
    """What the register answered for one of many: a person, or why there is none.

    A number that was replaced brings the person carried on, whose current number is another than the one asked with.
    """

    asked: str
    person: PersonRecord | None = None
    reason: NoPerson | None = None

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


def answers_in(raw: bytes, numbers: Sequence[str], *, as_ordered: bool) -> list[BulkAnswer]:
    """The answers to these numbers. Raises UnexpectedAnswer."""
    answers = [_answer(one) for one in decode_answer(raw, _RESPONSE).oppslag]
    _check_asked_for(answers, numbers, as_ordered=as_ordered)
    if due := NOVELTIES.due(len(answers)):
        documents = decode_answer(raw, _RAW).oppslag
        for place in due:
            NOVELTIES.look(documents[place].folkeregisterperson, PersonRecord)
    return answers


def _answer(one: _Oppslag) -> BulkAnswer:
    if one.folkeregisterperson:
        return BulkAnswer(one.foedselsEllerDNummer, identified(one.folkeregisterperson))
    return BulkAnswer(one.foedselsEllerDNummer, None, _reason(one.feilmelding or _Refusal()))


def _reason(refusal: _Refusal) -> NoPerson:
    text = refusal.feilmelding.lower()
    return next((reason for reason, words in _WORDS if any(word in text for word in words)), NoPerson.UNSAID)


def _check_asked_for(answers: Sequence[BulkAnswer], numbers: Sequence[str], *, as_ordered: bool) -> None:
    """Nobody's document may come along who was not asked about, since nothing would be logged about that."""
    wanted = frozenset(numbers)
    if not all(answer.asked in wanted for answer in answers):
        raise UnexpectedAnswer(Cause.NOT_ASKED_FOR, 200)
    if as_ordered and [answer.asked for answer in answers] != list(numbers):
        raise UnexpectedAnswer(Cause.TRUNCATED, 200)
