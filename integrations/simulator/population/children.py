"""Children: when they are born, who is responsible for them and where they live."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Final

from integrations.simulator.population.metadata import earlier, ended, entry
from integrations.simulator.population.people import TODAY, EarlierName, Registrar, Resident
from integrations.simulator.population.places import ADDRESS_ID, Entry
from integrations.simulator.population.relations import (
    bear,
    come_of_age,
    give_responsibility,
    make_siblings,
    share_responsibility,
)

_OF_AGE: Final = timedelta(days=int(18 * 365.25) + 1)
Parents = dict[str, Resident]


def raise_children(registrar: Registrar, parents: Parents, *, family: str, middle: str = "") -> list[Resident]:
    """One to four children with their relations. They are born when the parent was at least 19, are under 19 now, and
    have no home yet."""
    children = _born(registrar, next(iter(parents.values())), family)
    for child in children:
        child.middle = middle if registrar.chance(0.4) else ""
        bear(child, parents)
        _be_responsible(registrar, child, parents)
        if registrar.chance(0.1) and "mor" in parents:
            child.earlier_names.append(_first_name(child, parents["mor"]))
        if len(parents) == 1 and registrar.chance(0.2):
            child.family_relations.append(_parent_without_number(registrar, child, parents))
    if registrar.chance(0.02):
        make_siblings(children)
    return children


def settle_otherwise(registrar: Registrar, children: list[Resident]) -> None:
    """One child in a hundred lives with neither parent, but with an adult who has no relation to it."""
    for child in children:
        if child.age < 18 and registrar.chance(0.01):
            carer = registrar.newcomer(age=registrar.between(35, 60), woman=registrar.chance(0.6))
            since = child.born + timedelta(days=(TODAY - child.born).days // 2)
            child.homes.append((max(since, carer.homes[-1][0]), carer.homes[-1][1]))


def shared_residence(parent: Resident, child: Resident, *, over: bool = False) -> Entry:
    """The child's other home, with the parent who has another registered address. over: the contract has ended."""
    since, home = parent.homes[-1]
    start = max(since, child.born)
    until = start + (TODAY - start) / 2
    known = {ADDRESS_ID: home.details[ADDRESS_ID]} if ADDRESS_ID in home.details else {}
    content: Entry = {"adressegradering": "ugradert", "startdatoForKontrakt": start.isoformat(), **known, **home.place}
    if over:
        return ended(start, until, "Delt bosted", sluttdatoForKontrakt=until.isoformat(), **content)
    return entry(start, "Delt bosted", **content)


def _born(registrar: Registrar, parent: Resident, family: str) -> list[Resident]:
    children: list[Resident] = []
    for age in _ages(registrar, parent.age):
        children.append(registrar.person(age=age, woman=registrar.chance(0.49), family=family))
        if registrar.chance(0.015):
            twin = registrar.person(age=age, woman=registrar.chance(0.49), family=family, born=children[-1].born)
            children.append(twin)
    for one, other in pairwise(children):
        if one.born == other.born:
            _be_twins(one, other)
    return children


def _ages(registrar: Registrar, parent: int) -> list[float]:
    """The ages. The parent was 19 to 34 at the birth of the oldest; the others are some years apart."""
    age = max(0.0, min(18.0, parent - registrar.between(19.5, 34)))
    ages: list[float] = []
    while age >= 0 and (not ages or registrar.chance(0.55)):
        ages.append(age)
        age -= registrar.between(1.2, 7)
    return ages


def _be_twins(one: Resident, other: Resident) -> None:
    """Makes two children twins: 21 is the first of two, 22 the second."""
    for child, order in ((one, 21), (other, 22)):
        place: Entry = {"foedselsinstitusjonsnavn": "STORKEREIRET", "rekkefoelgenummer": order}
        child.more["foedselINorge"] = [entry(child.born, "Fødsel", **place)]


def _be_responsible(registrar: Registrar, child: Resident, parents: Parents) -> None:
    """Parental responsibility. It has ended for those of eighteen; for a few, others than the parents have it."""
    if child.age >= 18:
        come_of_age(child, parents, child.born + _OF_AGE)
    elif registrar.chance(0.03):
        registrar.one_of(_UNUSUAL)(registrar, child, parents)
    else:
        give_responsibility(child, parents)


def _somebody_else(registrar: Registrar, child: Resident, _parents: Parents) -> None:
    share_responsibility(child, registrar.newcomer(age=registrar.between(30, 60), woman=True), "andre")


def _an_organisation(_registrar: Registrar, child: Resident, _parents: Parents) -> None:
    content: Entry = {"ansvarligOrganisasjon": "310000019", "ansvarssubjekt": child.number}
    child.responsibilities.append(entry(child.born, "Omsorgsovertakelse", ansvar="andre", **content))


def _someone_without_number(_registrar: Registrar, child: Resident, _parents: Parents) -> None:
    holder = {"navn": {"fornavn": "FJERN", "etternavn": child.family}, "statsborgerskap": "SWE"}
    content: Entry = {"ansvarligUtenIdentifikator": holder, "ansvarssubjekt": child.number}
    child.responsibilities.append(entry(child.born, "Fødsel", ansvar="andre", **content))


def _nobody_known(_registrar: Registrar, child: Resident, _parents: Parents) -> None:
    child.responsibilities.append(entry(child.born, "Fødsel", ansvar="ukjent", ansvarssubjekt=child.number))


def _one_alone(registrar: Registrar, child: Resident, parents: Parents) -> None:
    """Two had the responsibility, and now one has it."""
    role = registrar.one_of(list(parents))
    give_responsibility(child, {role: parents[role]})
    child.responsibilities.append(earlier(child.born, "Fødsel", ansvar="ukjent", ansvarssubjekt=child.number))


def _also_for_a_child_abroad(_registrar: Registrar, child: Resident, parents: Parents) -> None:
    """The parent is also responsible for another child, who has no number in the register."""
    give_responsibility(child, parents)
    role, parent = next(iter(parents.items()))
    other = {"navn": {"fornavn": "FJERN", "etternavn": parent.family}, "foedselsdato": "2015-05-05", "kjoenn": "mann"}
    content: Entry = {"ansvarlig": parent.number, "ansvarssubjektUtenIdentifikator": other}
    parent.responsibilities.append(entry(child.born, "Fødsel", ansvar=role, **content))


_UNUSUAL: Final[tuple[Callable[[Registrar, Resident, Parents], None], ...]] = (
    _somebody_else,
    _an_organisation,
    _someone_without_number,
    _nobody_known,
    _one_alone,
    _also_for_a_child_abroad,
)


def _first_name(child: Resident, mother: Resident) -> EarlierName:
    """The name that the register gives a newborn until a name is chosen."""
    given = f"{mother.given}*{'PIKE' if child.woman else 'GUTT'}"
    return EarlierName(min(child.born + timedelta(days=90), TODAY), given, mother.family)


def _parent_without_number(registrar: Registrar, child: Resident, parents: Parents) -> Entry:
    role = "mor" if "far" in parents else "far"
    person = {
        "navn": {"fornavn": "FJERN", "etternavn": child.family},
        "foedselsdato": registrar.day(child.age + 25).isoformat(),
        "kjoenn": "kvinne" if role == "mor" else "mann",
        "statsborgerskap": "SWE",
    }
    roles = {"relatertPersonsRolle": role, "minRolleForPerson": "barn"}
    return entry(child.born, "Farskap", relatertPersonUtenFolkeregisteridentifikator=person, **roles)
