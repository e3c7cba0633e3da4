"""The ways into the register: children who are born, and newcomers from abroad."""

from datetime import date, timedelta
from typing import Final

from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.happenings.drafts import Document, Row, add, first, identifier, number_of
from integrations.simulator.days.happenings.homes import has_open_home, kommune_of, new_home
from integrations.simulator.population.metadata import entry
from integrations.simulator.population.names import family_name, given_name
from integrations.simulator.register.traits import Traits

_COUNTRIES: Final = ("SWE", "POL", "UKR", "DEU", "PHL")


def is_born(day: Day) -> bool:
    """A woman who lives here bears a child. Her spouse is the other parent."""
    mother = day.pick(lambda traits: _may_bear(day, traits), has_open_home)
    if mother is None:
        return False
    child, parents = _newborn(day, mother), _parents(day, mother)
    _relate(day.today, child, parents)
    day.write(child, *parents.values())
    return True


def _may_bear(day: Day, traits: Traits) -> bool:
    return traits.sex == "kvinne" and traits.status == "bosatt" and 19 <= day.age(traits) <= 45


def _parents(day: Day, mother: Document) -> dict[str, Document]:
    """The parents by role. A spouse counts if resident in Norway."""
    spouse = day.spouse(mother)
    lives_here = spouse is not None and first(spouse, "status").get("status") == "bosatt"
    return {"mor": mother} | ({_role(spouse): spouse} if spouse and lives_here else {})


def comes_from_abroad(day: Day) -> bool:
    """An adult without relatives here comes from abroad."""
    woman = day.chance(0.5)
    born = day.today - timedelta(days=day.random.randrange(19 * 365, 60 * 365))
    country = day.random.choice(_COUNTRIES)
    name = {"fornavn": given_name(day.random), "etternavn": family_name(day.random)}
    person = _person(day, born, woman=woman, country=country, name=name)
    person["bostedsadresse"] = [new_home(day, "", "Innflytting", elsewhere=True)]
    add(person, "innflytting", entry(day.today, "Innflytting", fraflyttingsland=country))
    day.write(person)
    return True


def _newborn(day: Day, mother: Document) -> Document:
    woman = day.chance(0.49)
    named = first(mother, "navn")
    name = {"fornavn": f"{named['fornavn']}*{'PIKE' if woman else 'GUTT'}", "etternavn": named["etternavn"]}
    child = _person(day, day.today, woman=woman, country="NOR", name=name)
    home = {field: value for field, value in first(mother, "bostedsadresse").items() if field != "flyttedato"}
    child["bostedsadresse"] = [home | entry(day.today, "Fødsel")]
    child["foedsel"][0]["foedekommuneINorge"] = kommune_of(mother)
    born = entry(day.today, "Fødsel", foedselsinstitusjonsnavn="STORKEREIRET", rekkefoelgenummer=11)
    return child | {"foedselINorge": [born]}


def _person(day: Day, born: date, *, woman: bool, country: str, name: dict[str, str]) -> Document:
    number, on = day.birth_number(born, woman=woman), born.isoformat()
    content: dict[str, tuple[str, Row]] = {
        "identifikasjonsnummer": ("Tildeling", identifier(number)),
        "identitetsgrunnlag": ("Kontroll", {"identitetsgrunnlagstatus": "kontrollert"}),
        "status": ("Bosatt", {"status": "bosatt"}),
        "kjoenn": ("Fødsel", {"kjoenn": "kvinne" if woman else "mann"}),
        "foedsel": ("Fødsel", {"foedselsdato": on, "foedselsaar": on[:4], "foedeland": country}),
        "navn": ("Navn", {**name}),
        "sivilstand": ("Sivilstand", {"sivilstand": "ugift", "sivilstandsdato": on}),
        "statsborgerskap": ("Statsborgerskap", {"statsborgerskap": country, "ervervsdato": on}),
    }
    return {key: [entry(day.today, reason, **row)] for key, (reason, row) in content.items()}


def _role(parent: Document) -> str:
    return "far" if first(parent, "kjoenn").get("kjoenn") == "mann" else "medmor"


def _relate(on: date, child: Document, parents: dict[str, Document]) -> None:
    """Writes relation and parental responsibility on both sides."""
    kind = "felles" if len(parents) > 1 else "mor"
    for role, parent in parents.items():
        _add_relation(on, child, parent, role, "barn")
        _add_relation(on, parent, child, "barn", role)
        row = entry(on, "Fødsel", ansvar=kind, ansvarlig=number_of(parent), ansvarssubjekt=number_of(child))
        add(child, "foreldreansvar", row)
        add(parent, "foreldreansvar", dict(row))


def _add_relation(on: date, document: Document, other: Document, role: str, mine: str) -> None:
    content = {"relatertPerson": number_of(other), "relatertPersonsRolle": role, "minRolleForPerson": mine}
    add(document, "familierelasjon", entry(on, "Familierelasjon", **content))
