"""Unusual identities: numbers that changed, false identities, and names written in another way."""

from datetime import timedelta
from typing import Final

from integrations.simulator.population.metadata import entry
from integrations.simulator.population.people import TODAY, Registrar, Resident
from integrations.simulator.population.places import Entry

_SINCE: Final = TODAY - timedelta(days=400)


def merged(registrar: Registrar, resident: Resident) -> None:
    """The resident was registered twice. The other number is a duplicate's."""
    number = registrar.numbers.birth_number(resident.born, woman=resident.woman)
    resident.earlier_numbers.append(number)


def sex_corrected(registrar: Registrar, resident: Resident) -> None:
    """The sex was corrected. The number changed too, since numbers of today's rule tell the sex."""
    if resident.age >= 7:
        number = registrar.numbers.birth_number(resident.born, woman=not resident.woman)
        resident.earlier_numbers.append(number)
        resident.other_sex_until = _SINCE


def other_date_in_number(registrar: Registrar, resident: Resident) -> None:
    """The number has a date some days after the birth date: the date was corrected, or the day had no free numbers."""
    resident.born -= timedelta(days=int(registrar.between(1, 20)))


def name_written_otherwise(_registrar: Registrar, resident: Resident) -> None:
    """The name has letters that the name field cannot hold; originaltNavn has them."""
    resident.original_name = {
        "fornavn": f"{resident.given.title()} Łucja",
        "mellomnavn": "Þórunn",
        "etternavn": f"Ő{resident.family.title()}",
    }


def false_identity(registrar: Registrar, resident: Resident) -> None:
    """A false identity. The real one is unknown, another person in the register, or described."""
    real = registrar.one_of(_REAL)
    if real == "number":
        other = registrar.newcomer(age=max(18, resident.age), woman=resident.woman)
        content: Entry = {"rettIdentitetVedIdentifikasjonsnummer": other.number}
    elif real == "described":
        content = {"rettIdentitetVedOpplysninger": _description(resident)}
    else:
        content = {"rettIdentitetErUkjent": True}
    resident.false_identity = entry(_SINCE, "Falsk identitet", erFalsk=True, **content)


_REAL: Final = ("unknown", "number", "described")


def _description(resident: Resident) -> Entry:
    name = {"fornavn": "RIKTIG", "etternavn": resident.family}
    return {
        "personnavn": name,
        "foedselsdato": resident.born.isoformat(),
        "kjoenn": "kvinne" if resident.woman else "mann",
        "statsborgerskap": ["SYR", "XUK"],
    }
