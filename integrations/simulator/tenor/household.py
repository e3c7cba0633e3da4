"""Fields that take more than one person's document: who lives with whom, and who one's parents are."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

#: What each of them is called among a person's relations, and in the field.
_WITH: Final = {"mor": "borMedMor", "far": "borMedFar", "medmor": "borMedMedmor"}
_SAME_ADDRESS: Final = "foreldreHarSammeAdresse"
_SAME_SEX: Final = "harForeldreMedSammeKjoenn"

HOUSEHOLD_FIELDS: Final = frozenset({*_WITH.values(), _SAME_ADDRESS, _SAME_SEX})


class Households:
    """homes: where each lives, alike for all who live there, "" for nobody else's. sexes: of each. Both by person."""

    def __init__(self, homes: Mapping[int, str], sexes: Mapping[int, str]) -> None:
        self._homes = homes
        self._sexes = sexes

    def fields_of(self, person: int, relatives: Iterable[tuple[str, int]]) -> Iterator[str]:
        """The fields that are true of somebody with these relatives."""
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
