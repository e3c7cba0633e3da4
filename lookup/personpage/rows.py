"""Makes rows of label and text from the fields of an entry. Pure, and knows nothing of the page."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from integrations.folkeregisteret.documents import WHOLE_ENTRY, Entry
from integrations.folkeregisteret.moments import day_of
from roles import vocabulary
from roles.policy.fields import FIELDS
from roles.vocabulary.persons import Described, described_name
from roles.vocabulary.places import as_country, as_kommune


class Row(NamedTuple):
    """One row. label: "" when the element's name is enough. number: of a related person, who can be looked up."""

    label: StrOrPromise
    lines: tuple[StrOrPromise, ...] = ()
    number: str = ""


def text_row(label: StrOrPromise, value: str | int | None) -> Iterator[Row]:
    """The register's text unchanged. Like the other functions here it gives no row for an empty value."""
    if value not in (None, ""):
        yield Row(label, (str(value),))


def date_row(label: StrOrPromise, value: date | str | None) -> Iterator[Row]:
    """A date, or the day of a timestamp."""
    if value:
        yield Row(label, (as_date(value),))


def code_row(label: StrOrPromise, field: str, code: str | None) -> Iterator[Row]:
    """The name of a code. field: the name of its code list in the vocabulary."""
    if code:
        yield Row(label, (vocabulary.code_name(field, code),))


def country_row(label: StrOrPromise, code: str | None) -> Iterator[Row]:
    if code:
        yield Row(label, (as_country(code),))


def kommune_row(label: StrOrPromise, number: str | None, on: date | None = None) -> Iterator[Row]:
    """The kommune by name. on: the day on which the number was in use; None for today."""
    if number:
        yield Row(label, (as_kommune(number, on),))


def hole_row(element: str, entry: Entry) -> Iterator[Row]:
    """A row that says so when a part of the entry could not be read."""
    holes = FIELDS.get(element, frozenset({element.partition(".")[0]})) | {WHOLE_ENTRY}
    if entry.unread and not holes.isdisjoint(entry.unread):
        yield Row("", (_("Noe her kan ikke leses"),))


def as_date(value: date | str) -> str:
    """A date, or the day of a timestamp, written as 5. mars 2018."""
    day = value if isinstance(value, date) else day_of(value)
    return date_format(day, "DATE_FORMAT") if day else _("Ukjent dato")


def person_row(label: StrOrPromise, number: str | None) -> Iterator[Row]:
    """A related person by number."""
    if number:
        yield Row(label, number=number)


def described_row(label: StrOrPromise, person: Described | None) -> Iterator[Row]:
    """A related person without a number: name and date of birth, as far as they are known."""
    if person is None:
        return
    born = as_date(person.foedselsdato) if person.foedselsdato else ""
    lines = (
        described_name(person),
        born and _("Født %(date)s") % {"date": born},
        vocabulary.code_name("kjoenn", person.kjoenn) if person.kjoenn else "",
        *_citizenships(person),
    )
    yield Row(label, tuple(filter(None, lines)))


def _citizenships(person: Described) -> Iterator[str]:
    held = person.statsborgerskap
    return map(as_country, (held,) if isinstance(held, str) else held or ())
