"""Guardians of adults, and the end of parents' responsibility."""

from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.days.happenings.day import Day, same_person
from integrations.simulator.days.happenings.drafts import Document, Row, add, current, end, first, number_of
from integrations.simulator.population.metadata import entry
from integrations.simulator.register.criteria import SearchCriteria

_OF_AGE: Final = 18
_CONTENT: Final = {"vergemaaltype": "voksen", "embete": "statsforvalterenIVestland"}
_TASKS: Final = [{"vergeTjenestevirksomhet": "nav", "vergeTjenesteoppgave": "arbeid"}]


def gets_guardian(day: Day) -> bool:
    """An adult gets another adult as guardian."""
    ward = day.pick(day.is_adult, lambda document: not current(document, "vergemaalEllerFremtidsfullmakt"))
    guardian = day.pick(lambda traits: day.is_adult(traits) and day.age(traits) < 75)
    if ward is None or guardian is None or same_person(ward, guardian):
        return False
    add(ward, "vergemaalEllerFremtidsfullmakt", _guardianship(day, guardian))
    day.write(ward)
    return True


def come_of_age(day: Day) -> None:
    """Ends the parental responsibility for those who turn 18 today."""
    if (day.today.month, day.today.day) == (2, 29):
        return
    born = day.today.replace(year=day.today.year - _OF_AGE).strftime("%Y%m%d")
    criteria = SearchCriteria(foedselsdato=born)
    for child in day.people(iter(day.register.search(RightsPackage.WITH_LEGAL_BASIS, criteria))):
        number = number_of(child)
        holders = {str(row.get("ansvarlig", "")) for row in current(child, "foreldreansvar")}
        for document in (child, *day.people(iter(sorted(holders - {number, ""})))):
            _release(day, document, number)


def _release(day: Day, document: Document, child: str) -> None:
    if current(document, "foreldreansvar"):
        end(document, "foreldreansvar", day.today, lambda row: row.get("ansvarssubjekt") == child)
        day.write(document)


def _guardianship(day: Day, guardian: Document) -> Row:
    name = {part: first(guardian, "navn")[part] for part in ("fornavn", "etternavn")}
    birth = {key: value for key, value in first(guardian, "foedsel").items() if key == "foedselsdato"}
    countries = [row["statsborgerskap"] for row in current(guardian, "statsborgerskap")]
    described = {"personnavn": name, **birth, "statsborgerskap": countries}
    named = {"foedselsEllerDNummer": number_of(guardian), "navnFoedselsdato": described}
    return entry(day.today, "Vergemål", **_CONTENT, verge={**named, "tjenesteomraade": _TASKS})
