"""A family in the simulated register: two parents who live apart, their two children, and the mother's new husband."""

from typing import Any, NamedTuple

from integrations.folkeregisteret.documents import Familierelasjon, Foreldreansvar, PersonRecord
from tests.roles.disclosure.asking import Simulated
from tests.roles.disclosure.residents import number_of, numbers, resident
from tests.roles.records import married_to, street

MOTHERS, FATHERS = street("Morveien", "1"), street("Farveien", "2")
#: Everything about a family, and no gradings.
FAMILY = (
    "identifikasjonsnummer",
    "navn",
    "foedsel",
    "status",
    "bostedsadresse",
    "familierelasjon",
    "foreldreansvar",
    "sivilstand",
    "sivilstand.relatertVedSivilstand",
)
PLACES = ("bostedsadresse", "deltBosted")


class Family(NamedTuple):
    mother: PersonRecord
    father: PersonRecord
    child: PersonRecord
    sibling: PersonRecord
    husband: PersonRecord


def family(surname: str, **how: dict[str, Any]) -> Family:
    """how: what is particular about one of them, by the name in Family."""
    held = {name: numbers() for name in Family._fields}

    child = {
        "familierelasjon": (
            Familierelasjon(relatertPerson=held["mother"], relatertPersonsRolle="mor", minRolleForPerson="barn"),
            Familierelasjon(relatertPerson=held["father"], relatertPersonsRolle="far", minRolleForPerson="barn"),
        ),
        "foreldreansvar": tuple(Foreldreansvar(ansvar="felles", ansvarlig=held[one]) for one in ("mother", "father")),
        "address": MOTHERS,
    }
    children = tuple(
        Familierelasjon(relatertPerson=held[one], relatertPersonsRolle="barn") for one in ("child", "sibling")
    )
    answers = tuple(Foreldreansvar(ansvar="felles", ansvarssubjekt=held[one]) for one in ("child", "sibling"))
    each: dict[str, dict[str, Any]] = {
        "mother": {
            "familierelasjon": children,
            "foreldreansvar": answers,
            "sivilstand": (married_to(held["husband"]),),
            "address": MOTHERS,
        },
        "father": {"familierelasjon": children, "foreldreansvar": answers, "address": FATHERS},
        "child": child,
        "sibling": child,
        "husband": {"sivilstand": (married_to(held["mother"]),), "address": MOTHERS},
    }
    return Family(*(resident(surname, number=held[name], **(each[name] | how.get(name, {}))) for name in held))


def put(register: Simulated, surname: str, **how: dict[str, Any]) -> Family:
    people = family(surname, **how)
    register.put(*people)
    return people


def numbers_of(people: Family) -> dict[str, str]:
    return {name: number_of(record) for name, record in people._asdict().items()}
