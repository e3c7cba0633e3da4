"""One entry of an element as rows of label and text. Pure: what a field means to a reader, nothing about the page."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise
from msgspec import Struct

from integrations.codelists import country_name, kommune_name
from integrations.folkeregisteret.documents import IdentifiserendeInformasjon, Personnavn, RelatertBiPerson
from integrations.folkeregisteret.moments import day_of
from roles import vocabulary
from roles.guardianwords import governor_name


class Row(NamedTuple):
    """label: "" where the element's own name says it. number: of a related person, who can be looked up."""

    label: StrOrPromise
    lines: tuple[StrOrPromise, ...] = ()
    number: str = ""


Format = Callable[[object], str]


class Field(NamedTuple):
    """One field of an entry: its name in the register, its label, and how it reads; by default as a code."""

    name: str
    label: StrOrPromise
    format: Format | None = None

    def read(self, value: object) -> str:
        return self.format(value) if self.format else vocabulary.code_name(self.name, str(value))


def as_text(value: object) -> str:
    return str(value)


def as_languages(value: object) -> str:
    """Several codes of one field."""
    codes = value if isinstance(value, tuple) else (value,)
    return ", ".join(vocabulary.code_name("spraak", str(code)) for code in codes)


def as_date(value: object) -> str:
    """A date, or the day of a moment, as 5. mars 2018."""
    day = value if isinstance(value, date) else day_of(str(value))
    return date_format(day, "DATE_FORMAT") if day else _("Ukjent dato")


def as_kommune(value: object, on: date | None = None) -> str:
    """on: the day the number stood for it, since numbers are used again."""
    return kommune_name(str(value).strip(), on) or _("Ukjent kommune")


def as_country(value: object) -> str:
    return country_name(str(value), get_language() or "nb") or _("Ukjent land")


def as_authority(value: object) -> str:
    """Who wed or parted a couple: a code, or free text."""
    written = str(value)
    name = vocabulary.code_name("myndighet", written)
    return written if " " in written or written.istitle() else name


def as_number_status(value: object) -> str:
    return vocabulary.code_name("identifikasjonsnummer.status", str(value))


def as_governor(value: object) -> str:
    return governor_name(str(value))


def as_yes_or_no(value: object) -> str:
    return _("Ja") if value else _("Nei")


def rows_of(entry: Struct, fields: Iterable[Field]) -> Iterator[Row]:
    """A row for each field that holds something."""
    for field in fields:
        value = getattr(entry, field.name)
        if value not in (None, "", ()):
            yield Row(field.label, (field.read(value),))


def period(entry: Struct) -> Iterator[Row]:
    """When an earlier entry held."""
    return rows_of(
        entry,
        (
            Field("gyldighetstidspunkt", gettext_lazy("Gjaldt fra"), as_date),
            Field("opphoerstidspunkt", gettext_lazy("Gjaldt til"), as_date),
        ),
    )


def full_name(name: Personnavn | None) -> str:
    """First, middle and last name as the register writes them; "" without any."""
    if name is None:
        return ""
    return " ".join(part for part in (name.fornavn, name.mellomnavn, name.etternavn) if part)


def person_row(label: StrOrPromise, number: str | None) -> Iterator[Row]:
    """A related person by number."""
    if number:
        yield Row(label, number=number)


def described_row(label: StrOrPromise, person: RelatertBiPerson | IdentifiserendeInformasjon | None) -> Iterator[Row]:
    """A related person without a number: name and date of birth, as far as they are known."""
    if person is None:
        return
    name = person.navn if isinstance(person, RelatertBiPerson) else person.personnavn
    born = as_date(person.foedselsdato) if person.foedselsdato else ""
    sex = vocabulary.code_name("kjoenn", person.kjoenn) if person.kjoenn else ""
    lines = (
        full_name(name) or _("Uten navn"),
        born and _("Født %(date)s") % {"date": born},
        sex,
        *_citizenships(person),
    )
    yield Row(label, tuple(filter(None, lines)))


def _citizenships(person: RelatertBiPerson | IdentifiserendeInformasjon) -> Iterator[str]:
    held = person.statsborgerskap
    return map(as_country, (held,) if isinstance(held, str) else held or ())
