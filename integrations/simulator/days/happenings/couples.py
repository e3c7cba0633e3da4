"""Marriages and their ends, and changes of names."""

from typing import Final

from integrations.simulator.days.happenings.day import SPOUSE, Day
from integrations.simulator.days.happenings.drafts import Document, Row, add, end, first, number_of, supersede
from integrations.simulator.population.metadata import entry
from integrations.simulator.population.names import family_name, given_name
from integrations.simulator.register.traits import Traits

_FREE: Final = frozenset({"ugift", "skilt", "enkeEllerEnkemann"})
_AFTER_DIVORCE: Final = {"gift": "skilt", "separert": "skilt", "registrertPartner": "skiltPartner"}
_AFTER_DEATH: Final = {"registrertPartner": "gjenlevendePartner", "separertPartner": "gjenlevendePartner"}


def marries(day: Day) -> bool:
    """Two unmarried persons of about the same age, who are not related, marry."""
    one = day.pick(lambda traits: _is_free(day, traits))
    other = _match(day, one) if one else None
    if one is None or other is None:
        return False
    _wed(day, one, other)
    _wed(day, other, one)
    day.write(one, other)
    return True


def divorces(day: Day) -> bool:
    one = day.pick(lambda traits: traits.status == "bosatt" and traits.civil_state in _AFTER_DIVORCE)
    other = day.spouse(one) if one else None
    if one is None or other is None:
        return False
    for me, spouse in ((one, other), (other, one)):
        part(day, me, spouse, _AFTER_DIVORCE.get(_state(me), "skilt"))
    day.write(one, other)
    return True


def is_widowed(day: Day, survivor: Document, dead: Document) -> None:
    part(day, survivor, dead, _AFTER_DEATH.get(_state(survivor), "enkeEllerEnkemann"))


def part(day: Day, me: Document, spouse: Document, state: str) -> None:
    """Ends the relation on one side, and adds the civil state that follows."""
    supersede(me, "sivilstand", entry(day.today, "Sivilstand", sivilstand=state, sivilstandsdato=day.today.isoformat()))
    forget(day, me, spouse)


def forget(day: Day, me: Document, spouse: Document) -> None:
    """Removes, on one side, the relation of two who are no longer married."""
    number = number_of(spouse)

    def is_to_spouse(row: Row) -> bool:
        return row.get("relatertPersonsRolle") == SPOUSE and row.get("relatertPerson") == number

    end(me, "familierelasjon", day.today, is_to_spouse)


def changes_name(day: Day) -> bool:
    """A newborn gets a name; anybody else gets a new family name."""
    person = day.pick(lambda traits: traits.status == "bosatt")
    if person is None:
        return False
    supersede(person, "navn", entry(day.today, "Navn", **_new_name(day, first(person, "navn"))))
    day.write(person)
    return True


def _new_name(day: Day, name: Row) -> Row:
    kept: Row = {part: name[part] for part in ("fornavn", "mellomnavn", "etternavn") if part in name}
    is_newborn = "*" in kept.get("fornavn", "*")
    return kept | ({"fornavn": given_name(day.random)} if is_newborn else {"etternavn": family_name(day.random)})


def _match(day: Day, one: Document) -> Document | None:
    year = int(first(one, "foedsel")["foedselsaar"])
    out_of_the_question = {row.get("relatertPerson") for row in one.get("familierelasjon", ())} | {number_of(one)}

    def suits(traits: Traits) -> bool:
        return _is_free(day, traits) and abs(int(traits.year) - year) < 12 and traits.number not in out_of_the_question

    return day.pick(suits)


def _is_free(day: Day, traits: Traits) -> bool:
    return day.is_adult(traits) and traits.civil_state in _FREE


def _wed(day: Day, me: Document, spouse: Document) -> None:
    on, number = day.today.isoformat(), number_of(spouse)
    state = {"sivilstand": "gift", "sivilstandsdato": on, "relatertVedSivilstand": number}
    supersede(me, "sivilstand", entry(day.today, "Sivilstand", myndighet="KOMMUNEN", **state))
    roles = {"relatertPerson": number, "relatertPersonsRolle": SPOUSE, "minRolleForPerson": SPOUSE}
    add(me, "familierelasjon", entry(day.today, "Familierelasjon", **roles))


def _state(document: Document) -> str:
    return str(first(document, "sivilstand").get("sivilstand", ""))
