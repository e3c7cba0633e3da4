"""Fields that need more than one person's document: who lives together, and who a person's parents are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

#: The field for each relation.
_WITH: Final = {"mor": "borMedMor", "far": "borMedFar", "medmor": "borMedMedmor"}
_SAME_ADDRESS: Final = "foreldreHarSammeAdresse"
_SAME_SEX: Final = "harForeldreMedSammeKjoenn"

HOUSEHOLD_FIELDS: Final = frozenset({*_WITH.values(), _SAME_ADDRESS, _SAME_SEX})


class Households:
    """homes: the dwelling of each person, equal for all who live there; "" for none. sexes: of each person."""

    def __init__(self, homes: Mapping[int, str], sexes: Mapping[int, str]) -> None:
        self._homes = homes
        self._sexes = sexes

    def fields_of(self, person: int, relatives: Iterable[tuple[str, int]]) -> Iterator[str]:
        """The fields that are true of a person with these relatives."""
        parents = [(name, relative) for name, relative in relatives if name in _WITH]
        for name, parent in parents:
            if self._live_together(person, parent):
                yield _WITH[name]
        first, second = [parent for _, parent in parents[:2]] if len(parents) > 1 else (person, person)
        if first != second and self._live_together(first, second):
            yield _SAME_ADDRESS
        if first != second and self._sexes.get(first) == self._sexes.get(second):
            yield _SAME_SEX

    def _live_together(self, one: int, other: int) -> bool:
        home = self._homes.get(one, "")
        return bool(home) and home == self._homes.get(other)
