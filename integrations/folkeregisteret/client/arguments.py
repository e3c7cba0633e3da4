"""The base of every operation: the exchange with the register, the deadlines, and the checks before sending."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from integrations.folkeregisteret.doors import Dialect
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage
from integrations.folkeregisteret.exchange import Exchange
from integrations.folkeregisteret.identifiers import is_eleven_digits
from integrations.http.errors import Cause, InvalidRequest

MOST_IN_BULK: Final = 1000

#: Every accepted part: the groups of parts, and single parts in the spelling of the vocabulary or of the property.
_PARTS: Final = frozenset(
    {"person-basis", "identitetsgrunnlag-utvidet", "relasjon-utvidet"}
    | {element.part for element in ELEMENTS.values()}
    | {element.source for element in ELEMENTS.values() if element.source}
)

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds for a whole operation, with its retry and token. A page with one person should answer within 3."""

    single: float = 2.5
    search: float = 3.5
    bulk: float = 8.0
    extract: float = 8.0


class Operations:
    """The base class of the operations. FolkeregisterClient sets its attributes."""

    _exchange: Exchange
    _deadlines: Deadlines
    _dialect: Dialect

    def _parts(self, package: RightsPackage, parts: Collection[str]) -> Query:
        """The query parameters for these parts, each once. Raises InvalidRequest for an unknown part, and for no parts:
        without any part the register gives its basic set, which is more than was asked for."""
        if not _PARTS.issuperset(parts):
            raise InvalidRequest(Cause.INPUT)
        asked = self._dialect.parts(package, parts)
        if not asked:
            raise InvalidRequest(Cause.INPUT)
        return tuple(("part", part) for part in sorted(asked))


def check_numbers(numbers: Sequence[str], most: int = MOST_IN_BULK) -> None:
    """Raises InvalidRequest for more than `most` numbers, and for one that is not of 11 digits."""
    if len(numbers) > most or not all(map(is_eleven_digits, numbers)):
        raise InvalidRequest(Cause.INPUT)


def check_identifiers(identifiers: Sequence[str], most: int = 1) -> None:
    """Raises InvalidRequest for too many ids of jobs or documents, and for one that must not stand in a path. The
    register's ids are UUIDs."""
    if len(identifiers) > most or not all(map(_is_identifier, identifiers)):
        raise InvalidRequest(Cause.INPUT)


def check_legal_basis(package: RightsPackage) -> None:
    """Raises InvalidRequest for the package without legal basis, which lacks some operations."""
    if package is not RightsPackage.WITH_LEGAL_BASIS:
        raise InvalidRequest(Cause.INPUT)


def _is_identifier(text: str) -> bool:
    return text.isascii() and 0 < len(text) <= 64 and text.replace("-", "").replace("_", "").isalnum()
