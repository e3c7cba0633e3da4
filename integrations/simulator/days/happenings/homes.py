"""New addresses: copies of existing ones, in houses with new numbers."""

from typing import Final

from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.happenings.drafts import OPEN, Document, Row, current, first, grading_of
from integrations.simulator.population.metadata import entry
from integrations.simulator.population.places import Kommune
from integrations.simulator.register.traits import Traits

#: New houses are numbered from here, above those of the population.
_FIRST_HOUSE: Final = 1000
#: The number of tries to find a neighbour. After that, a person moves to where nobody of the register lives yet.
_TRIES: Final = 200
#: The kommuner that people move to when the register has only one.
_FAR: Final = ("4601", "5001", "1103", "3301", "5501")
_DISTRICTS: Final = ("grunnkrets", "stemmekrets", "skolekrets", "kirkekrets")
FORTROLIG: Final = "fortrolig"


def has_open_home(document: Document) -> bool:
    """Whether the person lives at a street address that is not graded."""
    home = first(document, "bostedsadresse")
    return "vegadresse" in home and home.get("adressegradering") == OPEN and grading_of(document) == OPEN


def new_home(day: Day, kommune: str, reason: str, *, elsewhere: bool = False) -> Row:
    """A current entry of bostedsadresse in that kommune or elsewhere: mostly near others of the register, else far
    away."""

    def suits(traits: Traits) -> bool:
        lives = traits.homes[0].kommune if traits.status == "bosatt" and traits.homes else ""
        return bool(lives) and (lives != kommune) is elsewhere

    neighbour = day.pick(suits, has_open_home, tries=_TRIES)
    if neighbour:
        return _beside(day, first(neighbour, "bostedsadresse"), reason)
    far = day.random.choice([each for each in _FAR if each != kommune]) if elsewhere else kommune
    dwelling = Kommune(far).home()
    return _beside(day, {**dwelling.place, **dwelling.details}, reason)


def _beside(day: Day, home: Row, reason: str) -> Row:
    serial = day.book.serial()
    house = {"adressenummer": {"husnummer": str(_FIRST_HOUSE + serial % 9000)}}
    road = {name: value for name, value in home["vegadresse"].items() if name != "coAdressenavn"} | house
    content = {
        "vegadresse": road,
        "adresseIdentifikatorFraMatrikkelen": f"{road['kommunenummer']}{5_000_000 + serial}",
        "adressegradering": OPEN,
        "flyttedato": day.today.isoformat(),
    }
    return entry(day.today, reason, **content, **{name: home[name] for name in _DISTRICTS if name in home})


def graded_as(document: Document, home: Row) -> Row:
    """The address with this person's grading: every address of a person who is fortrolig has it."""
    level = FORTROLIG if grading_of(document) == FORTROLIG else home["adressegradering"]
    return home | {"adressegradering": level}


def kommune_of(document: Document) -> str:
    rows = current(document, "bostedsadresse")
    return str(rows[0]["vegadresse"]["kommunenummer"]) if rows and "vegadresse" in rows[0] else ""
