"""What happens in the register as its days pass, and how often.

Each happening picks persons whom it suits, writes their documents on every side of a relation, and returns whether it
found anybody.
"""

from collections.abc import Callable
from typing import Final

from integrations.simulator.days.happenings import births, couples, deaths, guardians, identities, moves, protection
from integrations.simulator.days.happenings.day import Day

Happening = Callable[[Day], bool]

#: How often each happens, for a thousand persons in a year.
PER_THOUSAND_A_YEAR: Final[tuple[tuple[float, Happening], ...]] = (
    (10, births.is_born),
    (8, deaths.dies),
    (80, moves.moves_within_the_kommune),
    (30, moves.moves_to_another_kommune),
    (9, births.comes_from_abroad),
    (5, moves.moves_abroad),
    (1, moves.moves_back_from_abroad),
    (4, couples.marries),
    (2, couples.divorces),
    (6, couples.changes_name),
    (0.5, protection.is_protected),
    (0.3, protection.is_protected_no_more),
    (1.5, guardians.gets_guardian),
    (1.5, identities.gets_birth_number),
    (2, identities.goes_inactive),
    (0.3, identities.is_active_again),
    (0.05, deaths.is_alive_after_all),
    (0.2, identities.ceases),
    (0.2, identities.is_merged),
    (5, identities.is_put_right),
)


def pass_day(day: Day) -> None:
    """Lets everything happen by its share. In addition, each day has one happening in turn, so that a small register
    gets all of them."""
    guardians.come_of_age(day)
    share = len(day) / 1000 / 365
    turn = day.today.toordinal() % len(PER_THOUSAND_A_YEAR)
    for place, (rate, happens) in enumerate(PER_THOUSAND_A_YEAR):
        whole, rest = divmod(rate * share, 1)
        for _ in range(int(whole) + day.chance(rest) + (place == turn)):
            happens(day)
