"""One day of the register: finds persons for a happening, and writes what happened."""

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
#: The step from one candidate to the next. It is large, so that they are not of one family.
_STRIDE: Final = 7919
SPOUSE: Final = "ektefelleEllerPartner"


class Book(Protocol):
    """Where changed documents are written, with the events they make."""

    def write(self, document: Document, kind: str = "") -> str: ...

    def merge(self, document: Document, duplicate: str) -> None: ...

    def serial(self) -> int: ...


@dataclass(slots=True)
class Day:
    """A day. The same seed, day and register give the same happenings.

    first: the numbers at the start. newcomers: the numbers given out since. Some of them may no longer be in use.
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
        """A random person whom the happening suits; None when none is found in so many tries."""
        start, size = self.random.randrange(len(self)), len(self)
        for step in range(min(size, tries)):
            person = self.register.find(number := self._number((start + step * _STRIDE) % size))
            if person and person.traits.number == number and suits(person.traits):
                document = self.register.document(number)
                if also(document):
                    return document
        return None

    def people(self, numbers: Iterator[str]) -> list[Document]:
        """The documents of these numbers, of those whom the register has."""
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
        """The age in years, by the year of birth only; -1 when that is unknown."""
        return self.today.year - int(traits.year) if traits.year else -1

    def is_adult(self, traits: Traits) -> bool:
        """Whether the person lives here and was at least 18 last year."""
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
