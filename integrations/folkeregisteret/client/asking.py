"""What every operation is made of: the way to the register, how long it may take, and what may be sent at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from integrations.folkeregisteret.doors import Dialect
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage
from integrations.folkeregisteret.exchange import Exchange
from integrations.folkeregisteret.identifiers import is_eleven_digits
from integrations.http.errors import Cause, InvalidRequest

MOST_IN_BULK: Final = 1000

#: The groups of parts, and every part by itself, as the vocabulary spells it or the property is spelled.
_PARTS: Final = frozenset(
    {"person-basis", "identitetsgrunnlag-utvidet", "relasjon-utvidet"}
    | {element.part for element in ELEMENTS.values()}
    | {element.source for element in ELEMENTS.values() if element.source}
)

Query = tuple[tuple[str, str], ...]


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
    _dialect: Dialect

    def _parts(self, package: RightsPackage, parts: Collection[str]) -> Query:
        """The parameters for these parts, each once. Raises InvalidRequest for an unknown one, and for none at all.

        Without any part the register gives its basic set: more than anybody asked for.
        """
        if not _PARTS.issuperset(parts):
            raise InvalidRequest(Cause.INPUT)
        asked = self._dialect.parts(package, parts)
        if not asked:
            raise InvalidRequest(Cause.INPUT)
        return tuple(("part", part) for part in sorted(asked))


def check_numbers(numbers: Sequence[str], most: int = MOST_IN_BULK) -> None:
    """So many at most, of 11 digits each. Raises InvalidRequest."""
    if len(numbers) > most or not all(map(is_eleven_digits, numbers)):
        raise InvalidRequest(Cause.INPUT)


def check_identifiers(identifiers: Sequence[str], most: int = 1) -> None:
    """Of jobs and documents: what may stand in a path or a body. The register's are UUIDs. Raises InvalidRequest."""
    if len(identifiers) > most or not all(map(_is_identifier, identifiers)):
        raise InvalidRequest(Cause.INPUT)


def check_legal_basis(package: RightsPackage) -> None:
    """For what the package without legal basis does not have. Raises InvalidRequest."""
    if package is not RightsPackage.WITH_LEGAL_BASIS:
        raise InvalidRequest(Cause.INPUT)


def _is_identifier(text: str) -> bool:
    return text.isascii() and 0 < len(text) <= 64 and text.replace("-", "").replace("_", "").isalnum()
