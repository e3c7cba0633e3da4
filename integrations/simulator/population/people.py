"""A resident while the population is made: facts and relations, before they become a person document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final, TypeVar

from integrations.simulator.population.names import family_name, given_name
from integrations.simulator.population.numbers import NumberSeries
from integrations.simulator.population.places import Entry, Home, Kommune

T = TypeVar("T")

#: The day on which the population is made. It is fixed, so that the population is the same every time.
TODAY: Final = date(2026, 10, 1)


@dataclass(frozen=True, slots=True)
class CivilState:
    """One civil state. spouse: a number; "" for none. where: the place, as the entry has it."""

    state: str
    since: date
    spouse: str = ""
    where: Entry = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierName:
    """A name that the resident had until that day."""

    until: date
    given: str
    family: str
    middle: str = ""


@dataclass(slots=True)
class Resident:
    """A resident. Lists go from old to new. grading: the person's own; home_grading: that of the current address.

    citizenship: "" for that of the country of birth. other_sex_until: the day it was corrected. unsure: the dates that
    the register does not know (foedselsdato, doedsdato).
    """

    number: str
    born: date
    woman: bool
    given: str
    family: str
    middle: str = ""
    birthplace: str = ""
    country: str = "NOR"
    citizenship: str = ""
    status: str = "bosatt"
    homes: list[tuple[date, Home]] = field(default_factory=list)
    civil: list[CivilState] = field(default_factory=list)
    family_relations: list[Entry] = field(default_factory=list)
    responsibilities: list[Entry] = field(default_factory=list)
    earlier_numbers: list[str] = field(default_factory=list)
    earlier_names: list[EarlierName] = field(default_factory=list)
    grading: str = "ugradert"
    home_grading: str = "ugradert"
    died: date | None = None
    left: date | None = None
    false_identity: Entry | None = None
    identity_status: str = ""
    other_sex_until: date | None = None
    original_name: Entry = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    more: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def age(self) -> int:
        return years_between(self.born, TODAY)

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given, self.middle, self.family) if part)

    @property
    def is_d_number(self) -> bool:
        return self.number[0] in "4567"

    def live_with(self, adult: "Resident") -> None:
        """A child moves to a parent, or is born where the parent lives."""
        since, home = adult.homes[-1]
        self.homes.append((max(since, self.born), home))

    def add(self, key: str, entry: Entry) -> None:
        self.more.setdefault(key, []).append(entry)


def years_between(earlier: date, later: date) -> int:
    return later.year - earlier.year - ((later.month, later.day) < (earlier.month, earlier.day))


class Registrar:
    """Gives people numbers, names and homes in one kommune."""

    def __init__(self, kommune: Kommune, numbers: NumberSeries, random: Random) -> None:
        self.kommune = kommune
        self.numbers = numbers
        self.random = random
        self.newcomers: list[Resident] = []

    def take_newcomers(self) -> list[Resident]:
        """The residents who were made on the way, such as a guardian. The list is then empty."""
        newcomers, self.newcomers = self.newcomers, []
        return newcomers

    def person(
        self, *, age: float, woman: bool, family: str = "", home: Home | None = None, born: date | None = None
    ) -> Resident:
        """A person of about that age (years, with a fraction) or born that day, who lives in `home`, or nowhere yet."""
        born = born or self.day(age)
        number = self.numbers.birth_number(born, woman=woman, from_2032=self.chance(0.01))
        resident = Resident(number, born, woman, given_name(self.random), family or family_name(self.random))
        resident.birthplace = self.kommune.number
        if home:
            self.move_in(resident, home)
        return resident

    def move_in(self, resident: Resident, home: Home) -> None:
        """Some have lived in the home since birth; the others moved in later."""
        lived = (TODAY - resident.born).days
        since = resident.born + timedelta(days=int(lived * self.random.random()) if lived > 1000 else 0)
        if resident.homes:
            since = max(since, resident.homes[-1][0] + timedelta(days=30))
        resident.homes.append((min(since, TODAY), home))

    def day(self, age: float) -> date:
        """A birthday that gives about that age."""
        return TODAY - timedelta(days=int((age + self.random.random()) * 365.25) + 1)

    def newcomer(self, *, age: float, woman: bool) -> Resident:
        """A person who lives alone and is made on the way."""
        resident = self.person(age=age, woman=woman, home=self.kommune.home())
        self.newcomers.append(resident)
        return resident

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[int(self.random.random() * len(choices))]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random.random()
