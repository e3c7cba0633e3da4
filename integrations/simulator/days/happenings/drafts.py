"""A person's whole document while something happens to it. All functions change the document they are given."""

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
    """One more entry; the register writes the newest first."""
    document[name] = [row, *document.get(name, ())]


def supersede(document: Document, name: str, row: Row) -> None:
    """An entry in the place of the current ones, which become history."""
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
    """Takes the current entry away and puts the one before in its place; annulments leave no history."""
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
    """The id of the dwelling, or "" for who has none."""
    return str(first(document, "bostedsadresse").get("adresseIdentifikatorFraMatrikkelen", ""))


def relatives(document: Document, *roles: str) -> Iterator[str]:
    """The numbers of those who stand in one of these roles to the person now."""
    for row in current(document, "familierelasjon"):
        if row.get("relatertPersonsRolle") in roles and row.get("relatertPerson"):
            yield str(row["relatertPerson"])
