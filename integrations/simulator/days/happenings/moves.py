"""Households that move: within a kommune, to another, abroad and back."""

from typing import Final

from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.happenings.drafts import (
    Document,
    Row,
    current,
    end,
    first,
    home_of,
    relatives,
    supersede,
)
from integrations.simulator.days.happenings.homes import graded_as, has_open_home, kommune_of, new_home
from integrations.simulator.population.metadata import entry

#: Foreign addresses have two letters for a country, everything else three.
_ALPHA_2: Final = {"SWE": "SE", "DNK": "DK", "POL": "PL", "ESP": "ES", "GBR": "GB"}
_TOWN: Final = "UTEBY"


def moves_within_the_kommune(day: Day) -> bool:
    return _move(day, elsewhere=False)


def moves_to_another_kommune(day: Day) -> bool:
    return _move(day, elsewhere=True)


def moves_abroad(day: Day) -> bool:
    adult = day.pick(day.is_adult, has_open_home)
    members = day.household(adult) if adult else []
    if not (members and all(map(has_open_home, members))):
        return False
    country = day.random.choice(tuple(_ALPHA_2))
    for member in members:
        _leave(day, member, country)
        day.write(member)
    return True


def moves_back_from_abroad(day: Day) -> bool:
    adult = day.pick(lambda traits: traits.status == "utflyttet" and day.age(traits) > 18)
    if adult is None:
        return False
    settle(day, adult, first(adult, "utflytting").get("tilflyttingsland", "XUK"))
    end(adult, "utflytting", day.today)
    end(adult, "postadresseIUtlandet", day.today)
    day.write(adult)
    return True


def settle(day: Day, person: Document, country: str) -> None:
    """The person comes to live here from a country, given by its three letters."""
    home = new_home(day, "", "Innflytting", elsewhere=True)
    supersede(person, "status", entry(day.today, "Innflytting", status="bosatt"))
    supersede(person, "bostedsadresse", graded_as(person, home))
    supersede(person, "innflytting", entry(day.today, "Innflytting", fraflyttingsland=country))


def _move(day: Day, *, elsewhere: bool) -> bool:
    adult = day.pick(day.is_adult, has_open_home)
    if adult is None:
        return False
    home, left = new_home(day, kommune_of(adult), "Flytting innenlands", elsewhere=elsewhere), home_of(adult)
    for member in day.household(adult):
        supersede(member, "bostedsadresse", graded_as(member, home))
        day.write(member)
    _take_shared_residence_along(day, adult, left, home)
    return True


def _take_shared_residence_along(day: Day, parent: Document, left: str, home: Row) -> None:
    """Moves a child's other home along with this parent, if the child lives with both."""
    for child in day.people(relatives(parent, "barn")):
        rows = [row for row in current(child, "deltBosted") if row.get("adresseIdentifikatorFraMatrikkelen") == left]
        if left and rows:
            supersede(child, "deltBosted", _shared(day, home) | {"adressegradering": rows[0]["adressegradering"]})
            day.write(child)


def _shared(day: Day, home: Row) -> Row:
    place = {name: home[name] for name in ("vegadresse", "adresseIdentifikatorFraMatrikkelen")}
    start = day.today.isoformat()
    return entry(day.today, "Delt bosted", adressegradering="ugradert", startdatoForKontrakt=start, **place)


def _leave(day: Day, member: Document, country: str) -> None:
    left = {"tilflyttingsland": country, "tilflyttingsstedIUtlandet": _TOWN, "utflyttingsdato": day.today.isoformat()}
    abroad = {"adressenavn": "Storgatan 4", "byEllerStedsnavn": _TOWN, "landkode": _ALPHA_2[country]}
    post = entry(day.today, "Postadresse", adressegradering="ugradert", utenlandskAdresse=abroad)
    supersede(member, "status", entry(day.today, "Utflytting", status="utflyttet"))
    end(member, "bostedsadresse", day.today)
    supersede(member, "utflytting", entry(day.today, "Utflytting", **left))
    supersede(member, "postadresseIUtlandet", post)
