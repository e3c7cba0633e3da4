"""Households with their relations. Each function makes people who belong together, in one or several homes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from integrations.simulator.population.children import raise_children, settle_otherwise, shared_residence
from integrations.simulator.population.people import TODAY, Registrar, Resident
from integrations.simulator.population.relations import bear, part, widow
from integrations.simulator.population.weddings import wed

Family = list[Resident]


def single(registrar: Registrar) -> Family:
    """A person who lives alone."""
    age = registrar.between(18, 31) if registrar.chance(0.52) else registrar.between(35, 97)
    return [registrar.person(age=age, woman=registrar.chance(0.5), home=registrar.kommune.home())]


def couple(registrar: Registrar) -> Family:
    """Two without children at home, most of them married."""
    home = registrar.kommune.home()
    age = registrar.between(22, 74)
    pair = [registrar.person(age=age + registrar.between(0, 5), woman=woman, home=home) for woman in _sexes(registrar)]
    if registrar.chance(0.6):
        wed(registrar, *pair)
    return pair


def parents_and_children(registrar: Registrar) -> Family:
    """Two parents with children in one home. In a third of the families, grandparents live in the kommune."""
    home = registrar.kommune.home()
    age = registrar.between(26, 53)
    mother = registrar.person(age=age, woman=True, home=home)
    woman = registrar.chance(0.03)
    other = registrar.person(age=age + registrar.between(0, 5), woman=woman, home=home)
    if registrar.chance(0.65):
        wed(registrar, mother, other)
    parents = {"mor": mother, "medmor" if woman else "far": other}
    children = raise_children(registrar, parents, family=other.family, middle=mother.family)
    for child in children:
        child.live_with(mother)
    settle_otherwise(registrar, children)
    return [mother, other, *children, *(_grandparents(registrar, mother) if registrar.chance(0.3) else [])]


def separated_parents(registrar: Registrar) -> Family:
    """Divorced parents in two homes. The children live with the mother, a third of them in both homes (deltBosted)."""
    homes = registrar.kommune.home(), registrar.kommune.home()
    age = registrar.between(27, 52)
    mother = registrar.person(age=age, woman=True, home=homes[0])
    father = registrar.person(age=age + registrar.between(0, 6), woman=False, home=homes[1])
    wed(registrar, mother, father)
    children = raise_children(registrar, {"mor": mother, "far": father}, family=father.family, middle=mother.family)
    part(mother, father, TODAY - timedelta(days=int(registrar.between(30, 2000))), state=_end_of(registrar))
    shared = registrar.chance(0.33)
    for child in children:
        child.live_with(mother)
        if shared:
            child.add("deltBosted", shared_residence(father, child, over=registrar.chance(0.15)))
    return [mother, father, *children]


def parent_alone(registrar: Registrar) -> Family:
    """A parent with children. The register does not know the other parent, or knows no number."""
    role = registrar.one_of(("mor",) * 17 + ("far", "far", "medmor"))
    age = registrar.between(20, 50)
    parent = registrar.person(age=age, woman=role != "far", home=registrar.kommune.home())
    children = raise_children(registrar, {role: parent}, family=parent.family)
    for child in children:
        child.live_with(parent)
    return [parent, *children]


def former_partners(registrar: Registrar) -> Family:
    """Two whose registered partnership ended, by separation, divorce or death."""
    woman = registrar.chance(0.5)
    one, other = (
        registrar.person(age=registrar.between(55, 70), woman=woman, home=registrar.kommune.home()) for _ in range(2)
    )
    wed(registrar, one, other)
    state = registrar.one_of(("separertPartner", "skiltPartner", "gjenlevendePartner"))
    if state == "gjenlevendePartner":
        _die(registrar, other, one, state)
    else:
        part(one, other, TODAY - timedelta(days=int(registrar.between(30, 5000))), state)
    return [one, other]


def old_couple(registrar: Registrar) -> Family:
    """Two who have been married for long, with grown-up children who live alone. In a third of the couples one is
    dead."""
    home = registrar.kommune.home()
    age = registrar.between(56, 90)
    wife = registrar.person(age=age, woman=True, home=home)
    husband = registrar.person(age=age + registrar.between(0, 4), woman=False, home=home)
    wed(registrar, wife, husband)
    grown = [_grown_child(registrar, wife, husband) for _ in range(int(registrar.between(0, 2.6)))]
    if registrar.chance(0.33):
        _die(registrar, husband, wife, "enkeEllerEnkemann")
    return [wife, husband, *grown]


#: The kinds of families and how often each comes. They give a Norwegian age distribution.
_SHARES: Final[tuple[tuple[float, Callable[[Registrar], Family]], ...]] = (
    (0.170, parents_and_children),
    (0.225, separated_parents),
    (0.265, parent_alone),
    (0.270, former_partners),
    (0.410, old_couple),
    (0.520, couple),
    (1.000, single),
)


def family(registrar: Registrar) -> Family:
    """The next family of the kommune."""
    dice = registrar.random.random()
    return next(make for share, make in _SHARES if dice < share)(registrar)


def _end_of(registrar: Registrar) -> str:
    return "separert" if registrar.chance(0.25) else "skilt"


def _sexes(registrar: Registrar) -> tuple[bool, bool]:
    return (True, False) if registrar.chance(0.95) else (True, True) if registrar.chance(0.5) else (False, False)


def _grandparents(registrar: Registrar, mother: Resident) -> list[Resident]:
    home = registrar.kommune.home()
    age = mother.age + registrar.between(21, 34)
    wife = registrar.person(age=age, woman=True, home=home)
    husband = registrar.person(age=age + 1, woman=False, family=mother.family, home=home)
    wed(registrar, wife, husband)
    bear(mother, {"mor": wife, "far": husband})
    return [wife, husband]


def _grown_child(registrar: Registrar, mother: Resident, father: Resident) -> Resident:
    age = min(mother.age - registrar.between(20, 38), 65)
    child = registrar.person(age=age, woman=registrar.chance(0.5), family=father.family, home=registrar.kommune.home())
    bear(child, {"mor": mother, "far": father})
    return child


def _die(registrar: Registrar, dead: Resident, survivor: Resident, state: str) -> None:
    since = dead.civil[-1].since
    dead.died = max(TODAY - timedelta(days=int(registrar.between(5, 3000))), since)
    dead.status = "doed"
    if registrar.chance(0.05):
        dead.unsure.add("doedsdato")
    widow(survivor, dead, dead.died, state)
