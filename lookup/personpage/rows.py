"""One entry of an element as rows of label and text. Pure: what a field means to a reader, nothing about the page."""

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
    """label: "" where the element's own name says it. number: of a related person, who can be looked up."""

    label: StrOrPromise
    lines: tuple[StrOrPromise, ...] = ()
    number: str = ""


def text_row(label: StrOrPromise, value: str | int | None) -> Iterator[Row]:
    """What the register writes, as it is; like all of these no row where there is nothing."""
    if value not in (None, ""):
        yield Row(label, (str(value),))


def date_row(label: StrOrPromise, value: date | str | None) -> Iterator[Row]:
    """A date, or the day of a moment."""
    if value:
        yield Row(label, (as_date(value),))


def code_row(label: StrOrPromise, field: str, code: str | None) -> Iterator[Row]:
    """field: the code's list in the vocabulary."""
    if code:
        yield Row(label, (vocabulary.code_name(field, code),))


def country_row(label: StrOrPromise, code: str | None) -> Iterator[Row]:
    if code:
        yield Row(label, (as_country(code),))


def kommune_row(label: StrOrPromise, number: str | None, on: date | None = None) -> Iterator[Row]:
    """on: the day the number stood for it."""
    if number:
        yield Row(label, (as_kommune(number, on),))


def hole_row(element: str, entry: Entry) -> Iterator[Row]:
    """Says so where the register writes something of this element that we cannot read."""
    holes = FIELDS.get(element, frozenset({element.partition(".")[0]})) | {WHOLE_ENTRY}
    if entry.unread and not holes.isdisjoint(entry.unread):
        yield Row("", (_("Noe her kan ikke leses"),))


def as_date(value: date | str) -> str:
    """A date, or the day of a moment, as 5. mars 2018."""
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
