"""One day of the register: whom something may happen to, and where what happened is written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final, Protocol

from integrations.simulator.days.happenings.drafts import Document, home_of, number_of, relatives
from integrations.simulator.population.numbers import NumberSeries
from integrations.simulator.register.register import Register
from integrations.simulator.register.traits import Traits

_TRIES: Final = 4000
#: From one candidate to the next, so that they are not one family's.
_STRIDE: Final = 7919
SPOUSE: Final = "ektefelleEllerPartner"


class Book(Protocol):
    """Where changed documents go, with the events they make."""

    def write(self, document: Document, kind: str = "") -> str: ...

    def merge(self, document: Document, duplicate: str) -> None: ...

    def serial(self) -> int: ...


@dataclass(slots=True)
class Day:
    """The same seed, day and register give the same happenings.

    first: the numbers there were at the start; newcomers: those that were given out since. Not all are in use still.
    """

    today: date
    random: Random
    register: Register
    first: Sequence[str]
    newcomers: Sequence[str]
    book: Book

    def __len__(self) -> int:
        return len(self.first) + len(self.newcomers)

    def _number(self, index: int) -> str:
        return self.first[index] if index < len(self.first) else self.newcomers[index - len(self.first)]

    def pick(
        self, suits: Callable[[Traits], bool], also: Callable[[Document], bool] = lambda _: True, *, tries: int = _TRIES
    ) -> Document | None:
        """Somebody who suits, chosen at random; None where nobody is found soon."""
        start, size = self.random.randrange(len(self)), len(self)
        for step in range(min(size, tries)):
            person = self.register.find(number := self._number((start + step * _STRIDE) % size))
            if person and person.traits.number == number and suits(person.traits):
                document = self.register.document(number)
                if also(document):
                    return document
        return None

    def people(self, numbers: Iterator[str]) -> list[Document]:
        """Those of them whom the register has."""
        return [self.register.document(number) for number in numbers if self.register.find(number)]

    def household(self, adult: Document) -> list[Document]:
        """The adult, then spouse and children who live in the same dwelling."""
        others = self.people(relatives(adult, SPOUSE, "barn"))
        return [adult, *(other for other in others if home_of(other) == home_of(adult) != "")]

    def spouse(self, document: Document) -> Document | None:
        return next(iter(self.people(relatives(document, SPOUSE))), None)

    def write(self, *documents: Document) -> None:
        for document in documents:
            self.book.write(document)

    def age(self, traits: Traits) -> int:
        """In years, by the year of birth alone; -1 where that is unknown."""
        return self.today.year - int(traits.year) if traits.year else -1

    def is_adult(self, traits: Traits) -> bool:
        """Lives here, and was at least 18 last year."""
        return traits.status == "bosatt" and self.age(traits) > 18

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def birth_number(self, born: date, *, woman: bool) -> str:
        return self._unused(lambda series: series.birth_number(born, woman=woman))

    def _unused(self, issue: Callable[[NumberSeries], str]) -> str:
        series = NumberSeries(self.random)
        while self.register.find(number := issue(series)):
            pass
        return number


def same_person(one: Document, other: Document) -> bool:
    return number_of(one) == number_of(other)
