"""Persons that a test adds to the population of the simulated register."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from integrations.folkeregisteret.documents import Bostedsadresse, PersonRecord, Vegadresse
from tests.roles.records import born, graded, home, named, person, status, street

_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
_SERIAL = count(1)


def numbers(day: date = date(1931, 2, 3)) -> str:
    """A new well-formed synthetic number (month +80) of a person born about that day; at most a thousand for a day."""
    while True:
        serial = next(_SERIAL)
        given = day + timedelta(days=serial // 1000)
        digits = f"{given.day:02}{given.month + 80}{given.year % 100:02}{serial % 1000:03}"
        for weights in _WEIGHTS:
            digits += str(-sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11)
        if len(digits) == 11:
            return digits


def resident(
    surname: str,
    *,
    address: Vegadresse | None = None,
    grade: str = "ugradert",
    born_on: date = date(1931, 2, 3),
    number: str = "",
    **more: Any,
) -> PersonRecord:
    """A person who lives at an address in the kommune 4640, with this grading. number: a new one when it is ""."""
    whole: dict[str, Any] = {
        "navn": (named(surname, current=True),),
        "foedsel": (born(born_on),),
        "status": (status("bosatt"),),
        "bostedsadresse": (_home(address or street(), grade),),
        "adressebeskyttelse": () if grade == "ugradert" else graded(grade),
    }
    return person(number or numbers(born_on), **(whole | more))


def _home(address: Vegadresse, grade: str) -> Bostedsadresse:
    return home(address, grade=grade, erGjeldende=True)


def number_of(record: PersonRecord) -> str:
    return record.identifikasjonsnummer[0].foedselsEllerDNummer or ""
