"""Address protection is set and lifted. One event changes every address of the person."""

from typing import Final

from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.happenings.drafts import OPEN, Document, add, drop, grading_of, supersede
from integrations.simulator.days.happenings.homes import FORTROLIG, has_open_home, new_home
from integrations.simulator.population.metadata import entry
from integrations.simulator.register.traits import Traits

_STRENGT: Final = "strengtFortrolig"
_ADDRESSES: Final = ("bostedsadresse", "deltBosted", "oppholdsadresse", "postadresse", "postadresseIUtlandet")
_FORWARDED: Final = {
    "postbokseier": "POSTMOTTAK FOR VIDERESENDING",
    "postboks": "101",
    "poststed": {"postnummer": "9615", "poststedsnavn": "HAMMERFEST"},
}


def is_protected(day: Day) -> bool:
    """A household, or a person who lives alone, becomes protected: one in three strengt fortrolig, the others
    fortrolig."""
    adult = day.pick(day.is_adult, has_open_home)
    if adult is None:
        return False
    level = _STRENGT if day.chance(1 / 3) else FORTROLIG
    members = day.household(adult) if day.chance(0.7) else [adult]
    for member in members:
        _protect(day, member, level)
        day.write(member)
    return True


def is_protected_no_more(day: Day) -> bool:
    """Protection is lifted. Fortrolig addresses become open; a person who was strengt fortrolig must register an
    address."""
    person = day.pick(_has_no_open_home, lambda document: grading_of(document) in (FORTROLIG, _STRENGT))
    if person is None:
        return False
    if grading_of(person) == _STRENGT:
        drop(person, "postadresse")
        add(person, "bostedsadresse", new_home(day, "", "Adressebeskyttelse", elsewhere=True))
    supersede(person, "adressebeskyttelse", entry(day.today, "Adressebeskyttelse", graderingsnivaa=OPEN))
    _grade(person, OPEN)
    day.write(person)
    return True


def _has_no_open_home(traits: Traits) -> bool:
    return traits.status == "bosatt" and not (traits.homes and traits.homes[0].is_open)


def _protect(day: Day, person: Document, level: str) -> None:
    supersede(person, "adressebeskyttelse", entry(day.today, "Adressebeskyttelse", graderingsnivaa=level))
    if level == _STRENGT:
        drop(person, *_ADDRESSES, "innflytting", "utflytting")
        post = entry(day.today, "Postadresse", adressegradering=OPEN, postboksadresse=_FORWARDED)
        add(person, "postadresse", post)
    else:
        _grade(person, level)


def _grade(person: Document, level: str) -> None:
    for name in _ADDRESSES:
        for row in person.get(name, ()):
            row["adressegradering"] = level
