"""The whole document of a person while something happens to them. Every function changes the document it is given."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

Document = dict[str, Any]
Row = dict[str, Any]

OPEN: Final = "ugradert"


def current(document: Document, name: str) -> list[Row]:
    """The entries of a property that are current."""
    return [row for row in document.get(name, ()) if row.get("erGjeldende") is not False]


def first(document: Document, name: str) -> Row:
    """The first current entry, or an empty one."""
    return next(iter(current(document, name)), {})


def add(document: Document, name: str, row: Row) -> None:
    """Adds an entry in front: the register writes the newest first."""
    document[name] = [row, *document.get(name, ())]


def supersede(document: Document, name: str, row: Row) -> None:
    """Adds an entry that replaces the current ones; they become history."""
    for replaced in current(document, name):
        replaced["erGjeldende"] = False
    add(document, name, row)


def end(document: Document, name: str, on: date, which: Callable[[Row], bool] = lambda _: True) -> None:
    """Ends current entries without replacing them."""
    for row in filter(which, current(document, name)):
        row |= {"erGjeldende": False, "opphoerstidspunkt": f"{on.isoformat()}T00:00:00+01:00"}


def reopen(document: Document, name: str) -> None:
    """Makes the latest entry current again, as if it had never ended."""
    for row in document.get(name, ())[:1]:
        row["erGjeldende"] = True
        row.pop("opphoerstidspunkt", None)


def annul(document: Document, name: str) -> None:
    """Removes the current entry and makes the one before it current. An annulment leaves no history."""
    document[name] = document[name][1:]
    reopen(document, name)


def drop(document: Document, *names: str) -> None:
    for name in names:
        document.pop(name, None)


def number_of(document: Document) -> str:
    return str(first(document, "identifikasjonsnummer")["foedselsEllerDNummer"])


def identifier(number: str) -> Row:
    """The content of an identifikasjonsnummer that is a birth number in use."""
    return {"foedselsEllerDNummer": number, "identifikatortype": "foedselsnummer", "status": "iBruk"}


def grading_of(document: Document) -> str:
    return str(first(document, "adressebeskyttelse").get("graderingsnivaa", OPEN))


def home_of(document: Document) -> str:
    """The id of the dwelling; "" for a person without one."""
    return str(first(document, "bostedsadresse").get("adresseIdentifikatorFraMatrikkelen", ""))


def relatives(document: Document, *roles: str) -> Iterator[str]:
    """The numbers of those who now have one of these roles to the person."""
    for row in current(document, "familierelasjon"):
        if row.get("relatertPersonsRolle") in roles and row.get("relatertPerson"):
            yield str(row["relatertPerson"])
