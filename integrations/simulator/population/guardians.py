"""Guardianship. Only the ward's document has it, and the guardian is another person in the register."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.population.metadata import earlier, entry
from integrations.simulator.population.people import TODAY, Registrar, Resident
from integrations.simulator.population.places import Entry

_SINCE: Final = TODAY - timedelta(days=400)
_LONG_AGO: Final = TODAY - timedelta(days=3000)
_FOR_ADULTS: Final = (
    "voksen",
    "voksen",
    "midlertidigForVoksen",
    "forvaltningUtenforVergemaal",
    "stadfestetFremtidsfullmakt",
)
_FOR_CHILDREN: Final = (
    "mindreaarig",
    "midlertidigForMindreaarig",
    "ensligMindreaarigAsylsoeker",
    "ensligMindreaarigFlyktning",
)
_OFFICES: Final = (
    "statsforvalterenINordland",
    "statsforvalterenITroendelag",
    "statsforvalterenIAgder",
    "statsforvalterenIVestland",
)
#: The office that a guardian deals with, and the tasks there.
_TASKS: Final = (
    (("bank", "representasjonDagligbank"), ("kommune", "helseOgOmsorg")),
    (("nav", "arbeid"), ("nav", "familie"), ("oevrige", "inngaaelseAvHusleiekontrakter")),
    (("namsmannen", "tvangsfullbyrdelseOgForliksraadet"), ("skatteetaten", "innkrevingOgTvangsfullbyrdelse")),
    (("tingretten", "privatSkifteAvDoedsbo"), ("kartverket", "kjoepAvEiendom"), ("helfo", "fastlege")),
)
#: The scopes of guardianships from before there were tasks.
_SCOPES: Final = (
    "personligeOgOekonomiskeInteresser",
    "oekonomiskeInteresser",
    "personligeInteresser",
    "utlendingssakerPersonligeOgOekonomiskeInteresser",
)


def under_guardianship(registrar: Registrar, resident: Resident) -> None:
    """Gives the resident a guardian, in a quarter of the cases two. One in four had one by the older rules before."""
    kind = registrar.one_of(_FOR_ADULTS if resident.age >= 18 else _FOR_CHILDREN)
    for _ in range(2 if registrar.chance(0.25) else 1):
        guardian = registrar.newcomer(age=registrar.between(30, 60), woman=registrar.chance(0.5))
        give_guardian(resident, guardian, _SINCE, kind, number=registrar.random.random())
    if registrar.chance(0.4):
        guardian = registrar.newcomer(age=registrar.between(40, 60), woman=registrar.chance(0.5))
        had_guardian(resident, guardian, registrar.one_of(_SCOPES), kind)


def give_guardian(
    ward: Resident, guardian: Resident, since: date, kind: str = "voksen", *, number: float = 0.0
) -> None:
    """Writes a guardianship. number: between 0 and 1, chooses the office and the tasks."""
    tasks = [
        {"vergeTjenestevirksomhet": party, "vergeTjenesteoppgave": task}
        for party, task in _TASKS[int(number * len(_TASKS))]
    ]
    holder = {
        "foedselsEllerDNummer": guardian.number,
        "navnFoedselsdato": _identifying(guardian),
        "tjenesteomraade": tasks,
    }
    office = _OFFICES[int(number * len(_OFFICES))]
    content: Entry = {"vergemaaltype": kind, "embete": office, "verge": holder}
    ward.add("vergemaalEllerFremtidsfullmakt", entry(since, "Vergemål", **content))


def had_guardian(ward: Resident, guardian: Resident, scope: str, kind: str = "voksen") -> None:
    """Writes a guardianship that has ended. Until November 2023 it had a scope instead of tasks."""
    holder = {
        "foedselsEllerDNummer": guardian.number,
        "navn": _name(guardian),
        "omfang": scope,
        "omfangetErInnenPersonligOmraade": scope != "oekonomiskeInteresser",
    }
    content: Entry = {"vergemaaltype": kind, "embete": _OFFICES[0], "verge": holder}
    ward.add("vergemaalEllerFremtidsfullmakt", earlier(_LONG_AGO, "Vergemål", **content))


def restricted_legal_capacity(_registrar: Registrar, resident: Resident) -> None:
    if resident.age >= 18:
        resident.add("rettsligHandleevne", entry(_SINCE, "Vergemål", rettsligHandleevneomfang="oekonomiskeForhold"))


def _identifying(guardian: Resident) -> Entry:
    born = guardian.born.isoformat()
    return {"personnavn": _name(guardian), "foedselsdato": born, "statsborgerskap": [guardian.country]}


def _name(guardian: Resident) -> Entry:
    return {"fornavn": guardian.given, "etternavn": guardian.family}
