"""Households with their relations: each function gives people who belong together, in one or several homes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from integrations.simulator.entries import entry
from integrations.simulator.people import TODAY, EarlierName, Registrar, Resident
from integrations.simulator.relations import bear, give_responsibility, marry, part, widow

Family = list[Resident]


def single(registrar: Registrar) -> Family:
    """Lives alone."""
    age = registrar.between(18, 34) if registrar.chance(0.55) else registrar.between(35, 97)
    return [registrar.person(age=age, woman=registrar.chance(0.5), home=registrar.kommune.home())]


def couple(registrar: Registrar) -> Family:
    """Two without children at home, most of them married."""
    home = registrar.kommune.home()
    age = registrar.between(22, 60)
    pair = [registrar.person(age=age + registrar.between(0, 5), woman=woman, home=home) for woman in _sexes(registrar)]
    if registrar.chance(0.6):
        _wed(pair)
    return pair


def parents_and_children(registrar: Registrar) -> Family:
    """Both parents and their children in one home; a third of them with grandparents in the kommune."""
    home = registrar.kommune.home()
    age = registrar.between(26, 53)
    mother = registrar.person(age=age, woman=True, home=home)
    woman = registrar.chance(0.03)
    other = registrar.person(age=age + registrar.between(0, 5), woman=woman, home=home)
    if registrar.chance(0.65):
        _wed([mother, other])
    parents = {"mor": mother, "medmor" if woman else "far": other}
    children = _children(registrar, parents, family=other.family, middle=mother.family)
    for child in children:
        child.live_with(mother)
    return [mother, other, *children, *(_grandparents(registrar, mother) if registrar.chance(0.3) else [])]


def separated_parents(registrar: Registrar) -> Family:
    """Divorced, in two homes; the children live with the mother, a third of them in both homes (deltBosted)."""
    homes = registrar.kommune.home(), registrar.kommune.home()
    age = registrar.between(27, 52)
    mother = registrar.person(age=age, woman=True, home=homes[0])
    father = registrar.person(age=age + registrar.between(0, 6), woman=False, home=homes[1])
    _wed([mother, father])
    parents = {"mor": mother, "far": father}
    children = _children(registrar, parents, family=father.family, middle=mother.family)
    part(mother, father, TODAY - timedelta(days=int(registrar.between(30, 2000))), state=_end_of(registrar))
    shared = registrar.chance(0.33)
    for child in children:
        child.live_with(mother)
        if shared:
            child.add("deltBosted", shared_residence(father, child))
    return [mother, father, *children]


def parent_alone(registrar: Registrar) -> Family:
    """A mother with children whose father the register does not know, or knows without a number."""
    home = registrar.kommune.home()
    mother = registrar.person(age=registrar.between(20, 50), woman=True, home=home)
    children = _children(registrar, {"mor": mother}, family=mother.family)
    for child in children:
        child.live_with(mother)
        if registrar.chance(0.2):
            child.family_relations.append(_father_without_number(registrar, child))
    return [mother, *children]


def old_couple(registrar: Registrar) -> Family:
    """Married for long, children grown up and living alone; in a third of them one is dead."""
    home = registrar.kommune.home()
    age = registrar.between(60, 90)
    wife = registrar.person(age=age, woman=True, home=home)
    husband = registrar.person(age=age + registrar.between(0, 4), woman=False, home=home)
    _wed([wife, husband])
    grown = [_grown_child(registrar, wife, husband) for _ in range(int(registrar.between(0, 3)))]
    if registrar.chance(0.33):
        _die(registrar, husband, wife)
    return [wife, husband, *grown]


#: Families and how often each comes, which gives the pyramid of ages a Norwegian shape.
_SHARES: Final[tuple[tuple[float, Callable[[Registrar], Family]], ...]] = (
    (0.30, parents_and_children),
    (0.39, separated_parents),
    (0.45, parent_alone),
    (0.60, old_couple),
    (0.72, couple),
    (1.00, single),
)


def family(registrar: Registrar) -> Family:
    """The next family of the kommune."""
    dice = registrar.random.random()
    return next(make for share, make in _SHARES if dice < share)(registrar)


def _wed(pair: list[Resident]) -> None:
    youngest = max(person.born for person in pair)
    on = min(youngest + timedelta(days=int(21.5 * 365.25) + youngest.toordinal() % 1500), TODAY)
    both_same = pair[0].woman == pair[1].woman
    marry(pair[0], pair[1], on, "registrertPartner" if both_same and on.year < 2009 else "gift")


def _end_of(registrar: Registrar) -> str:
    return "separert" if registrar.chance(0.25) else "skilt"


def _sexes(registrar: Registrar) -> tuple[bool, bool]:
    return (True, False) if registrar.chance(0.95) else (True, True) if registrar.chance(0.5) else (False, False)


def _children(registrar: Registrar, parents: dict[str, Resident], *, family: str, middle: str = "") -> list[Resident]:
    """One to four, born when the mother was at least 19, all under 19 now."""
    ages = _ages(registrar, parents["mor"].age)
    children = [registrar.person(age=age, woman=registrar.chance(0.49), family=family) for age in ages]
    for child in children:
        child.middle = middle if registrar.chance(0.4) else ""
        bear(child, parents)
        if child.age < 18:
            give_responsibility(child, parents)
        if registrar.chance(0.1):
            child.earlier_names.append(_first_name(child, parents["mor"]))
    return children


def _first_name(child: Resident, mother: Resident) -> EarlierName:
    """What a newborn is called in the register until a name is chosen."""
    given = f"{mother.given}*{'PIKE' if child.woman else 'GUTT'}"
    return EarlierName(min(child.born + timedelta(days=90), TODAY), given, mother.family)


def _ages(registrar: Registrar, mother: int) -> list[float]:
    """The oldest is born when the mother was 19 to 34, the others some years apart."""
    age = max(0.0, min(18.0, mother - registrar.between(19.5, 34)))
    ages: list[float] = []
    while age >= 0 and (not ages or registrar.chance(0.6)):
        ages.append(age)
        age -= registrar.between(1.2, 7)
    return ages


def _grandparents(registrar: Registrar, mother: Resident) -> list[Resident]:
    home = registrar.kommune.home()
    age = mother.age + registrar.between(21, 34)
    wife = registrar.person(age=age, woman=True, home=home)
    husband = registrar.person(age=age + 1, woman=False, family=mother.family, home=home)
    _wed([wife, husband])
    bear(mother, {"mor": wife, "far": husband})
    return [wife, husband]


def _grown_child(registrar: Registrar, mother: Resident, father: Resident) -> Resident:
    age = min(mother.age - registrar.between(20, 38), 65)
    child = registrar.person(age=age, woman=registrar.chance(0.5), family=father.family, home=registrar.kommune.home())
    bear(child, {"mor": mother, "far": father})
    return child


def shared_residence(parent: Resident, child: Resident) -> dict[str, object]:
    """The child's other home, with the parent it does not live with in the register."""
    since, home = parent.homes[-1]
    start = max(since, child.born)
    place = {"adresseIdentifikatorFraMatrikkelen": home.details["adresseIdentifikatorFraMatrikkelen"], **home.place}
    return entry(start, "Delt bosted", adressegradering="ugradert", startdatoForKontrakt=start.isoformat(), **place)


def _father_without_number(registrar: Registrar, child: Resident) -> dict[str, object]:
    name = {"fornavn": "FJERN", "etternavn": child.family}
    born = registrar.day(child.age + 25).isoformat()
    person = {"navn": name, "foedselsdato": born, "kjoenn": "mann", "statsborgerskap": "SWE"}
    roles = {"relatertPersonsRolle": "far", "minRolleForPerson": "barn"}
    return entry(child.born, "Farskap", relatertPersonUtenFolkeregisteridentifikator=person, **roles)


def _die(registrar: Registrar, dead: Resident, survivor: Resident) -> None:
    dead.died = TODAY - timedelta(days=int(registrar.between(5, 3000)))
    dead.status = "doed"
    widow(survivor, dead, dead.died)
