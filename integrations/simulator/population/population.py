"""The whole population: first the named cases, so that they do not change with the size, then family by family."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from random import Random
from typing import Final

from integrations.simulator.population import circumstances as life
from integrations.simulator.population import guardians, identities, mail, migration, rare
from integrations.simulator.population.casebook import Case
from integrations.simulator.population.cases import make_cases
from integrations.simulator.population.families import family, single
from integrations.simulator.population.numbers import NumberSeries
from integrations.simulator.population.people import Registrar, Resident
from integrations.simulator.population.places import Kommune
from integrations.simulator.population.protection import protect_some

#: What may happen to anybody, and to how many of a thousand.
_TO_ANYONE: Final[tuple[tuple[int, life.Circumstance], ...]] = (
    (200, life.moved),
    (50, life.new_family_name),
    (60, migration.immigrated),
    (12, migration.came_back),
    (30, mail.receives_post_elsewhere),
    (8, mail.receives_post_abroad),
    (25, mail.stays_elsewhere),
    (5, life.without_fixed_abode),
    (4, life.lives_in_institution),
    (60, rare.born_in_institution),
    (9, guardians.under_guardianship),
    (3, guardians.restricted_legal_capacity),
    (8, rare.speaks_sami),
    (8, rare.in_sami_electoral_roll),
    (5, rare.stays_on_svalbard),
    (4, rare.keeps_citizenship),
    (15, rare.two_citizenships),
    (8, rare.naturalised),
    (3, rare.lost_a_child),
    (2, rare.was_protected),
    (3, identities.false_identity),
    (2, identities.merged),
    (2, identities.sex_corrected),
    (4, identities.other_date_in_number),
    (6, identities.name_written_otherwise),
)
#: The same for residents without a family in the register.
_TO_UNATTACHED: Final[tuple[tuple[int, life.Circumstance], ...]] = (
    (60, migration.emigrated),
    (12, life.ceased),
    (8, life.missing),
    (10, life.never_resident),
    (40, life.died_alone),
    (40, migration.visiting),
)


@dataclass(frozen=True, slots=True)
class Population:
    """Everyone, to be iterated once since they need much memory, and the named cases."""

    residents: Iterator[Resident]
    cases: tuple[Case, ...]


def populate(seed: str, *, size: int, kommuner: Sequence[str]) -> Population:
    """`size` persons in each kommune. The same arguments give the same persons, and the same seed the same cases.

    There are never fewer persons than those of the cases.
    """
    numbers = NumberSeries(random_from(seed))
    places = [Kommune(kommune) for kommune in kommuner]
    cases, named = make_cases(lambda group: _registrar_of_group(seed, group, places[0], numbers))
    registrars = [Registrar(place, numbers, random_from(f"{seed}:{place.number}")) for place in places]
    room = [size - len(named), *(size for _ in places[1:])]
    others = (residents_of(registrar, count=count) for registrar, count in zip(registrars, room, strict=True))
    return Population(chain(named, chain.from_iterable(others)), cases)


def _registrar_of_group(seed: str, group: str, kommune: Kommune, numbers: NumberSeries) -> Registrar:
    return Registrar(kommune, numbers.beside(random_from(f"{seed}:{group}:numbers")), random_from(f"{seed}:{group}"))


def random_from(seed: str) -> Random:
    return Random(seed)  # noqa: S311 -- people who can be made again are the purpose


Table = tuple[list[int], list[life.Circumstance]]


def _table(shares: tuple[tuple[int, life.Circumstance], ...]) -> Table:
    return list(accumulate(share for share, _ in shares)), [happens for _, happens in shares]


_ANYONE: Final = _table(_TO_ANYONE)
_UNATTACHED: Final = _table(_TO_UNATTACHED)


def residents_of(registrar: Registrar, *, count: int) -> Iterator[Resident]:
    """Exactly `count` residents of a kommune, always the same for a seed."""
    made = 0
    while made < count:
        household = _household(registrar, count - made)
        made += len(household)
        yield from household


def _household(registrar: Registrar, room: int) -> list[Resident]:
    """The next family; a single person when it has more members than `room`."""
    members = _lived(registrar, family(registrar))
    while len(members) > room:
        members = _lived(registrar, single(registrar))
    return members


def _lived(registrar: Registrar, members: list[Resident]) -> list[Resident]:
    for member in members:
        if not member.died:
            _happen(registrar, member, _ANYONE)
            if not member.family_relations:
                _happen(registrar, member, _UNATTACHED)
    protect_some(registrar, members)
    return [*members, *registrar.take_newcomers()]


def _happen(registrar: Registrar, member: Resident, table: Table) -> None:
    limits, circumstances = table
    index = bisect(limits, registrar.random.random() * 1000)
    if index < len(circumstances):
        circumstances[index](registrar, member)
