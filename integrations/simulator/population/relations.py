"""Relations. They are always written on both sides."""

from datetime import date

from integrations.simulator.population.metadata import entry, midnight
from integrations.simulator.population.people import CivilState, Resident
from integrations.simulator.population.places import Entry

_SPOUSE = "ektefelleEllerPartner"


def marry(one: Resident, other: Resident, on: date, state: str = "gift", where: Entry | None = None) -> None:
    one.civil.append(CivilState(state, on, other.number, where or {}))
    other.civil.append(CivilState(state, on, one.number, where or {}))
    for me, spouse in ((one, other), (other, one)):
        me.family_relations.append(_relation(on, spouse.number, _SPOUSE, _SPOUSE))


def part(one: Resident, other: Resident, on: date, state: str = "skilt") -> None:
    """Ends a marriage. The states stay, and the relation becomes history."""
    for me, spouse in ((one, other), (other, one)):
        me.civil.append(CivilState(state, on))
        _end(me, spouse, on)


def widow(survivor: Resident, dead: Resident, on: date, state: str = "enkeEllerEnkemann") -> None:
    """Ends a marriage by death. The dead keeps the state of marriage; the survivor gets a new one."""
    survivor.civil.append(CivilState(state, on))
    _end(survivor, dead, on)
    _end(dead, survivor, on)


def bear(child: Resident, parents: dict[str, Resident]) -> None:
    """Relates a child to its parents. parents: by role: mor, far, medmor."""
    for role, parent in parents.items():
        child.family_relations.append(_relation(child.born, parent.number, role, "barn"))
        parent.family_relations.append(_relation(child.born, child.number, "barn", role))


def make_siblings(children: list[Resident]) -> None:
    """Registers siblings. Few are: most siblings are known by their parents."""
    for child in children:
        for sibling in children:
            if sibling is not child:
                since = max(child.born, sibling.born)
                child.family_relations.append(_relation(since, sibling.number, "soesken", "soesken"))


def give_responsibility(child: Resident, holders: dict[str, Resident]) -> None:
    """Parental responsibility for a child under 18: felles for two holders, else the role of the one."""
    kind = "felles" if len(holders) > 1 else next(iter(holders))
    for holder in holders.values():
        share_responsibility(child, holder, kind)


def share_responsibility(child: Resident, holder: Resident, kind: str) -> None:
    row = entry(child.born, "Fødsel", ansvar=kind, ansvarlig=holder.number, ansvarssubjekt=child.number)
    child.responsibilities.append(row)
    holder.responsibilities.append(row)


def come_of_age(child: Resident, holders: dict[str, Resident], on: date) -> None:
    """Parental responsibility ends on the eighteenth birthday and becomes history on both sides."""
    give_responsibility(child, holders)
    for person in (child, *holders.values()):
        for row in person.responsibilities:
            if row.get("ansvarssubjekt") == child.number:
                row |= {"erGjeldende": False, "opphoerstidspunkt": midnight(on)}


def _end(me: Resident, other: Resident, on: date) -> None:
    for row in me.family_relations:
        if row.get("relatertPerson") == other.number and row["relatertPersonsRolle"] == _SPOUSE:
            row |= {"erGjeldende": False, "opphoerstidspunkt": midnight(on)}


def _relation(since: date, number: str, role: str, mine: str) -> Entry:
    return entry(since, "Familierelasjon", relatertPerson=number, relatertPersonsRolle=role, minRolleForPerson=mine)
