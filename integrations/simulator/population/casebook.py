"""Collects the named test persons while they are made."""

from dataclasses import dataclass, field
from datetime import date

from integrations.simulator.population.people import Registrar, Resident


@dataclass(frozen=True, slots=True)
class Case:
    """One row of /testpersoner.json. expect: a plain Norwegian sentence on what an answer shows."""

    case: str
    number: str
    name: str
    expect: str


@dataclass(slots=True)
class Casebook:
    """Collects residents and cases. registrar: that of the group which is being written."""

    registrar: Registrar
    residents: list[Resident] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def adult(self, *, age: float = 40, woman: bool = True) -> Resident:
        person = self.registrar.person(age=age, woman=woman, home=self.registrar.kommune.home())
        self.residents.append(person)
        return person

    def at_home_with(self, adult: Resident, *, age: float, woman: bool, born: date | None = None) -> Resident:
        person = self.registrar.person(age=age, woman=woman, family=adult.family, born=born)
        person.live_with(adult)
        self.residents.append(person)
        return person

    def case(self, case: str, resident: Resident, expect: str, number: str = "") -> None:
        name = "" if resident.status == "opphoert" else resident.name
        self.cases.append(Case(case, number or resident.number, name, expect))
