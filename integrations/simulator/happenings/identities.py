"""Numbers that change, persons who cease, two who turn out to be one; guardians, and those who need none more."""

from datetime import timedelta
from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.changes import UPDATED
from integrations.simulator.criteria import SearchCriteria
from integrations.simulator.entries import entry
from integrations.simulator.happenings.day import Day, same_person
from integrations.simulator.happenings.drafts import Document, Row, add, current, end, first, number_of, supersede
from integrations.simulator.happenings.homes import new_home

_OF_AGE: Final = 18
_FIVE_YEARS: Final = timedelta(days=1826)
_VISITING: Final = frozenset({"midlertidig", "inaktiv"})


def gets_birth_number(day: Day) -> bool:
    """A visitor with a d-number settles, and is found under both numbers from then on."""
    person = day.pick(lambda traits: traits.status == "midlertidig" and bool(traits.born), _stands_alone)
    if person is None:
        return False
    born = day.today.fromisoformat(first(person, "foedsel")["foedselsdato"])
    number = day.birth_number(born, woman=first(person, "kjoenn").get("kjoenn") == "kvinne")
    _renumber(day, person, number)
    supersede(person, "status", entry(day.today, "Innflytting", status="bosatt"))
    supersede(person, "bostedsadresse", new_home(day, "", "Innflytting", elsewhere=True))
    supersede(person, "innflytting", entry(day.today, "Innflytting", fraflyttingsland=_country(person)))
    day.write(person)
    return True


def goes_inactive(day: Day) -> bool:
    """A d-number five years after it was given; it stays in use."""
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


def come_of_age(day: Day) -> None:
    """Nobody is responsible any more for those who turn 18 today."""
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


def ceases(day: Day) -> bool:
    """Nobody stands behind the number: a skeleton is left."""
    person = day.pick(lambda traits: traits.status in _VISITING, _stands_alone)
    if person is None:
        return False
    ids = first(person, "identifikasjonsnummer")
    content = {name: ids[name] for name in ("foedselsEllerDNummer", "identifikatortype")}
    skeleton = {
        "identifikasjonsnummer": [entry(day.today, "Opphøre person", status="opphoert", **content)],
        "status": [entry(day.today, "Opphøre person", status="opphoert")],
        "sivilstand": [entry(day.today, "Opphøre person", sivilstand="uoppgitt")],
    }
    day.write(skeleton)
    return True


def is_merged(day: Day) -> bool:
    """Two entries are one person: one is carried on and answers under both numbers, the other ceases."""
    duplicate = day.pick(lambda traits: traits.status in _VISITING, _stands_alone)
    if duplicate is None:
        return False
    sex = first(duplicate, "kjoenn").get("kjoenn", "")
    survivor = day.pick(
        lambda traits: day.is_adult(traits) and traits.sex == sex, lambda document: not same_person(document, duplicate)
    )
    if survivor is None:
        return False
    for row in duplicate["identifikasjonsnummer"]:
        survivor["identifikasjonsnummer"].append(row | {"status": "opphoert", "erGjeldende": False})
    day.book.merge(survivor, number_of(duplicate))
    return True


def gets_guardian(day: Day) -> bool:
    """An adult under guardianship of another."""
    ward = day.pick(day.is_adult, lambda document: not current(document, "vergemaalEllerFremtidsfullmakt"))
    guardian = day.pick(lambda traits: day.is_adult(traits) and day.age(traits) < 75)
    if ward is None or guardian is None or same_person(ward, guardian):
        return False
    add(ward, "vergemaalEllerFremtidsfullmakt", _guardianship(day, guardian))
    day.write(ward)
    return True


def is_put_right(day: Day) -> bool:
    """Something small was put right, and the feed only says that the person is to be fetched again."""
    person = day.pick(lambda traits: traits.status == "bosatt")
    if person is None:
        return False
    first(person, "navn")["kilde"] = "RETTELSE"
    day.book.write(person, UPDATED)
    return True


def _stands_alone(document: Document) -> bool:
    return not document.get("familierelasjon") and first(document, "identifikasjonsnummer")["status"] == "iBruk"


def _renumber(day: Day, person: Document, number: str) -> None:
    for row in current(person, "identifikasjonsnummer"):
        row["status"] = "opphoert"
    content = {"foedselsEllerDNummer": number, "identifikatortype": "foedselsnummer"}
    supersede(person, "identifikasjonsnummer", entry(day.today, "Tildeling", status="iBruk", **content))


def _country(person: Document) -> str:
    return str(first(person, "statsborgerskap").get("statsborgerskap", "XUK"))


def _guardianship(day: Day, guardian: Document) -> Row:
    name = {part: first(guardian, "navn")[part] for part in ("fornavn", "etternavn")}
    holder = {
        "foedselsEllerDNummer": number_of(guardian),
        "navnFoedselsdato": {
            "personnavn": name,
            "foedselsdato": first(guardian, "foedsel")["foedselsdato"],
            "statsborgerskap": ["NOR"],
        },
        "tjenesteomraade": [{"vergeTjenestevirksomhet": "nav", "vergeTjenesteoppgave": "arbeid"}],
    }
    content = {"vergemaaltype": "voksen", "embete": "statsforvalterenIVestland"}
    return entry(day.today, "Vergemål", **content, verge=holder)
