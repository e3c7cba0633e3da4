"""Deaths, with the estate, the surviving spouse and the children."""

from integrations.simulator.days.happenings.couples import forget, is_widowed
from integrations.simulator.days.happenings.day import Day
from integrations.simulator.days.happenings.drafts import (
    Document,
    Row,
    add,
    annul,
    current,
    drop,
    end,
    first,
    number_of,
    reopen,
    supersede,
)
from integrations.simulator.population.metadata import entry


def dies(day: Day) -> bool:
    """Somebody dies, in most cases an old person."""
    dead = day.pick(lambda traits: traits.status == "bosatt" and day.chance(_risk(day.age(traits))))
    if dead is None:
        return False
    spouse = day.spouse(dead)
    _close(day, dead)
    if spouse:
        forget(day, dead, spouse)
        is_widowed(day, spouse, dead)
    day.write(dead, *filter(None, [spouse]), *_children_left(day, dead, spouse), *_guardians_of_child(day, dead))
    return True


def is_alive_after_all(day: Day) -> bool:
    """The death of a person who left nobody behind is annulled. Consumers must know of it at once."""
    person = day.pick(lambda traits: traits.status == "doed", _left_nobody)
    if person is None:
        return False
    annul(person, "status")
    drop(person, "doedsfall", "kontaktinformasjonForDoedsbo")
    reopen(person, "bostedsadresse")
    day.write(person)
    return True


def _left_nobody(dead: Document) -> bool:
    """Whether the person left no relatives, and nothing but the death would have to be undone."""
    statuses = [row.get("status") for row in dead["status"]]
    return not dead.get("familierelasjon") and statuses == ["doed", "bosatt"]


def _risk(age: int) -> float:
    """The probability that a candidate dies. It rises with age."""
    return 0.0005 + (max(age, 0) / 110) ** 6


def _close(day: Day, dead: Document) -> None:
    supersede(dead, "status", entry(day.today, "Dødsfall", status="doed"))
    dead["doedsfall"] = entry(day.today, "Dødsfall", doedsdato=day.today.isoformat())
    for name in ("bostedsadresse", "deltBosted", "foreldreansvar"):
        end(dead, name, day.today)
    drop(dead, "kontaktinformasjonForDoedsbo")
    add(dead, "kontaktinformasjonForDoedsbo", _estate(day, dead))


def _estate(day: Day, dead: Document) -> Row:
    family = first(dead, "navn").get("etternavn", "UKJENT")
    heir = {"foedselsdato": "1970-01-02", "personnavn": {"fornavn": "ORDNENDE", "etternavn": family}}
    address = {"adresselinje": ["ARVEGATA 1"], "postnummer": "8400", "poststedsnavn": "SORTLAND", "landkode": "NOR"}
    form = {"skifteform": "annet", "attestutstedelsesdato": day.today.isoformat()}
    return entry(day.today, "Dødsbo", **form, adresse=address, person=heir)


def _children_left(day: Day, dead: Document, spouse: Document | None) -> list[Document]:
    """The changed children whom the dead was responsible for: the other parent is responsible now, or nobody is
    known."""
    gone = number_of(dead)
    rows = [row for row in dead.get("foreldreansvar", ()) if row.get("ansvarlig") == gone]
    children = {row["ansvarssubjekt"] for row in rows if "ansvarssubjekt" in row}
    known = {number_of(spouse): spouse} if spouse else {}
    changed: dict[str, Document] = {}
    for child in day.people(iter(sorted(children))):
        if current(child, "foreldreansvar"):
            changed |= {number_of(each): each for each in _hand_over(day, child, gone, known | changed)}
    return [document for number, document in changed.items() if number not in known]


def _guardians_of_child(day: Day, dead: Document) -> list[Document]:
    """The changed persons who were responsible for the dead, a child."""
    gone = number_of(dead)
    holders = {str(row.get("ansvarlig", gone)) for row in dead.get("foreldreansvar", ())} - {gone}
    parents = [each for each in day.people(iter(sorted(holders))) if _is_responsible(each, gone)]
    for parent in parents:
        end(parent, "foreldreansvar", day.today, lambda row: row.get("ansvarssubjekt") == gone)
    return parents


def _is_responsible(parent: Document, child: str) -> bool:
    return any(row.get("ansvarssubjekt") == child for row in current(parent, "foreldreansvar"))


def _hand_over(day: Day, child: Document, gone: str, known: dict[str, Document]) -> list[Document]:
    rows = current(child, "foreldreansvar")
    rest = next((row["ansvarlig"] for row in rows if row.get("ansvarlig", gone) != gone), "")
    other = (known.get(rest) or next(iter(day.people(iter([rest]))), None)) if rest else None
    subject = number_of(child)
    holder = {"ansvar": _role(child, rest), "ansvarlig": rest} if other else {"ansvar": "ukjent"}
    row = entry(day.today, "Dødsfall", **holder, ansvarssubjekt=subject)
    for document in (child, *([other] if other else [])):
        end(document, "foreldreansvar", day.today, lambda each: each.get("ansvarssubjekt") == subject)
        add(document, "foreldreansvar", dict(row))
    return [child, *([other] if other else [])]


def _role(child: Document, parent: str) -> str:
    rows = current(child, "familierelasjon")
    return next((str(row["relatertPersonsRolle"]) for row in rows if row.get("relatertPerson") == parent), "andre")
