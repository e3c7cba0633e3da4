"""What every operation is made of: the way to the register, how long it may take, and what may be sent at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from integrations.folkeregisteret.errors import Cause, InvalidRequest
from integrations.folkeregisteret.exchange import Exchange

MOST_IN_BULK: Final = 1000


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds for a whole operation, its retry and token included. A page with one person is to answer within 3."""

    single: float = 2.5
    search: float = 3.5
    bulk: float = 8.0
    extract: float = 8.0


class Operations:
    """Base of the operations; the client that is put together from them fills it in."""

    _exchange: Exchange
    _deadlines: Deadlines


def parts_asked(parts: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The parameters for these parts, each once. Raises InvalidRequest without any.

    Without any part the register gives its basic set: more than anybody asked for.
    """
    if not parts:
        raise InvalidRequest(Cause.INPUT)
    return tuple(("part", part) for part in sorted(set(parts)))


def check_numbers(numbers: Sequence[str]) -> None:
    """At most 1000, of 11 digits each. Raises InvalidRequest."""
    if len(numbers) > MOST_IN_BULK or not all(map(is_number, numbers)):
        raise InvalidRequest(Cause.INPUT)


def is_number(text: str) -> bool:
    return len(text) == 11 and text.isascii() and text.isdigit()


def is_identifier(text: str) -> bool:
    """Whether a job's or a document's id may stand in a path; the register's are UUIDs."""
    return text.isascii() and 0 < len(text) <= 64 and text.replace("-", "").replace("_", "").isalnum()
