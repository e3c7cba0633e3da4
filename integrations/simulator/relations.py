"""Relations, always written on both sides."""

from datetime import date

from integrations.simulator.entries import entry
from integrations.simulator.people import CivilState, Resident


def marry(one: Resident, other: Resident, on: date, state: str = "gift") -> None:
    one.civil.append(CivilState(state, on, other.number))
    other.civil.append(CivilState(state, on, one.number))
    for me, spouse in ((one, other), (other, one)):
        me.family_relations.append(_relation(on, spouse.number, "ektefelleEllerPartner", "ektefelleEllerPartner"))


def part(one: Resident, other: Resident, on: date, state: str = "skilt") -> None:
    """Ends a marriage: the state stays, the relation between the two does not."""
    for me, spouse in ((one, other), (other, one)):
        me.civil.append(CivilState(state, on))
        _forget(me, spouse)


def widow(survivor: Resident, dead: Resident, on: date) -> None:
    """The dead keeps the state of marriage, the survivor gets a new one."""
    survivor.civil.append(CivilState("enkeEllerEnkemann", on))
    _forget(survivor, dead)
    _forget(dead, survivor)


def bear(child: Resident, parents: dict[str, Resident]) -> None:
    """parents by role: mor, far, medmor."""
    for role, parent in parents.items():
        child.family_relations.append(_relation(child.born, parent.number, role, "barn"))
        parent.family_relations.append(_relation(child.born, child.number, "barn", role))


def give_responsibility(child: Resident, holders: dict[str, Resident]) -> None:
    """Parental responsibility for a child under 18: felles when two hold it, else the role of the one."""
    kind = "felles" if len(holders) > 1 else next(iter(holders))
    for holder in holders.values():
        row = entry(child.born, "Fødsel", ansvar=kind, ansvarlig=holder.number, ansvarssubjekt=child.number)
        child.responsibilities.append(row)
        holder.responsibilities.append(row)


def _forget(me: Resident, other: Resident) -> None:
    me.family_relations[:] = [row for row in me.family_relations if row.get("relatertPerson") != other.number]


def _relation(since: date, number: str, role: str, mine: str) -> dict[str, object]:
    return entry(since, "Familierelasjon", relatertPerson=number, relatertPersonsRolle=role, minRolleForPerson=mine)


def give_guardian(ward: Resident, guardian: Resident, since: date, kind: str = "voksen") -> None:
    """Guardianship stands on the ward alone."""
    tasks = [
        {"vergeTjenestevirksomhet": "bank", "vergeTjenesteoppgave": "representasjonDagligbank"},
        {"vergeTjenestevirksomhet": "kommune", "vergeTjenesteoppgave": "helseOgOmsorg"},
    ]
    born = guardian.born.isoformat()
    name = {"fornavn": guardian.given, "etternavn": guardian.family}
    holder = {
        "foedselsEllerDNummer": guardian.number,
        "navnFoedselsdato": {"personnavn": name, "foedselsdato": born, "statsborgerskap": ["NOR"]},
        "tjenesteomraade": tasks,
    }
    content: dict[str, object] = {"vergemaaltype": kind, "embete": "statsforvalterenINordland", "verge": holder}
    ward.add("vergemaalEllerFremtidsfullmakt", entry(since, "Vergemål", **content))
