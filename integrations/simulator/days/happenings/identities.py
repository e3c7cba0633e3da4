"""Numbers that change or become inactive, persons who cease, and two who turn out to be one."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.days.changes import UPDATED
from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.happenings.drafts import Document, current, first, identifier, number_of, supersede
from integrations.simulator.days.happenings.moves import settle
from integrations.simulator.population.metadata import entry

_NUMBER: Final = "identifikasjonsnummer"
_CEASED: Final = {"status": "opphoert"}
_FIVE_YEARS: Final = timedelta(days=1826)
_VISITING: Final = frozenset({"midlertidig", "inaktiv"})


def gets_birth_number(day: Day) -> bool:
    """A visitor with a d-number settles and gets a birth number. Both numbers find the person from then on."""
    person = day.pick(lambda traits: traits.status == "midlertidig" and bool(traits.born), _stands_alone)
    if person is None:
        return False
    born = date.fromisoformat(first(person, "foedsel")["foedselsdato"])
    _renumber(day, person, day.birth_number(born, woman=first(person, "kjoenn").get("kjoenn") == "kvinne"))
    settle(day, person, str(first(person, "statsborgerskap").get("statsborgerskap", "XUK")))
    day.write(person)
    return True


def goes_inactive(day: Day) -> bool:
    """A d-number becomes inactive five years after it was given. It stays in use."""
    limit = (day.today - _FIVE_YEARS).isoformat()
    person = day.pick(
        lambda traits: traits.status == "midlertidig",
        lambda document: first(document, "status").get("gyldighetstidspunkt", limit) < limit,
    )
    if person is None:
        return False
    supersede(person, "status", entry(day.today, "Status", status="inaktiv"))
    day.write(person)
    return True


def is_active_again(day: Day) -> bool:
    """A person with an inactive d-number comes back."""
    person = day.pick(lambda traits: traits.status == "inaktiv")
    if person is None:
        return False
    supersede(person, "status", entry(day.today, "Reaktivering", status="midlertidig"))
    day.write(person)
    return True


def ceases(day: Day) -> bool:
    """A person ceases, since nobody has the number. Only a skeleton of the document is left."""
    person = day.pick(lambda traits: traits.status in _VISITING, _stands_alone)
    if person is None:
        return False
    kept = {name: first(person, _NUMBER)[name] for name in ("foedselsEllerDNummer", "identifikatortype")}
    skeleton = {_NUMBER: kept | _CEASED, "status": _CEASED, "sivilstand": {"sivilstand": "uoppgitt"}}
    day.write({name: [entry(day.today, "Opphøre person", **content)] for name, content in skeleton.items()})
    return True


def is_merged(day: Day) -> bool:
    """Two entries turn out to be one person. One continues and is found by both numbers; the other ceases."""
    duplicate = day.pick(lambda traits: traits.status in _VISITING, _stands_alone)
    if duplicate is None:
        return False
    sex = first(duplicate, "kjoenn").get("kjoenn", "")
    survivor = day.pick(lambda traits: day.is_adult(traits) and traits.sex == sex)
    if survivor is None:
        return False
    survivor[_NUMBER] += [row | _CEASED | {"erGjeldende": False} for row in duplicate[_NUMBER]]
    day.book.merge(survivor, number_of(duplicate))
    return True


def is_put_right(day: Day) -> bool:
    """A small correction. The feed only says that the person must be fetched again."""
    person = day.pick(lambda traits: traits.status == "bosatt")
    if person is None:
        return False
    first(person, "navn")["kilde"] = "RETTELSE"
    day.book.write(person, UPDATED)
    return True


def _stands_alone(document: Document) -> bool:
    return not document.get("familierelasjon") and first(document, _NUMBER)["status"] == "iBruk"


def _renumber(day: Day, person: Document, number: str) -> None:
    for row in current(person, _NUMBER):
        row["status"] = "opphoert"
    supersede(person, _NUMBER, entry(day.today, "Tildeling", **identifier(number)))
