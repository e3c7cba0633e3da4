"""A resident while the population is made: plain facts and relations, before they become a person document."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from integrations.simulator.names import family_name, given_name
from integrations.simulator.numbers import NumberSeries
from integrations.simulator.places import Entry, Home, Kommune

#: The population is the same whenever it is made, so it has a day of its own.
TODAY: Final = date(2026, 10, 1)


@dataclass(frozen=True, slots=True)
class CivilState:
    """One state of marriage; spouse is a number, or "" where there is none."""

    state: str
    since: date
    spouse: str = ""


@dataclass(frozen=True, slots=True)
class EarlierName:
    """A name somebody bore until that day."""

    until: date
    given: str
    family: str


@dataclass(slots=True)
class Resident:
    """Lists run from old to new. grading is the person's own, home_grading that of the current address."""

    number: str
    born: date
    woman: bool
    given: str
    family: str
    middle: str = ""
    birthplace: str = ""
    country: str = "NOR"
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
        """A child moves in with a parent, or is born where the parent lives."""
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
        """Those who came into the register on the way, such as a guardian."""
        newcomers, self.newcomers = self.newcomers, []
        return newcomers

    def person(self, *, age: float, woman: bool, family: str = "", home: Home | None = None) -> Resident:
        """Someone of about that age (years, with a fraction), living in home or nowhere yet."""
        born = self.day(age)
        number = self.numbers.birth_number(born, woman=woman, from_2032=self.chance(0.01))
        resident = Resident(number, born, woman, given_name(self.random), family or family_name(self.random))
        resident.birthplace = self.kommune.number
        if home:
            self.move_in(resident, home)
        return resident

    def move_in(self, resident: Resident, home: Home) -> None:
        """Some have lived there since birth, the others moved in later."""
        lived = (TODAY - resident.born).days
        since = resident.born + timedelta(days=int(lived * self.random.random()) if lived > 1000 else 0)
        if resident.homes:
            since = max(since, resident.homes[-1][0] + timedelta(days=30))
        resident.homes.append((min(since, TODAY), home))

    def day(self, age: float) -> date:
        """A birthday that makes someone about that old."""
        return TODAY - timedelta(days=int((age + self.random.random()) * 365.25) + 1)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.random.random()
