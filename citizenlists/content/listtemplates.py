"""Templates for lists: presets of criteria and information elements, read from data files.

templates.toml has those that can be ordered, not_available.toml those that cannot, with the reason.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from django.utils.translation import get_language

from citizenlists.content.criteria import Narrowing
from citizenlists.models import TemplateYear

FREE_SELECTION = "fritt-utvalg"
EVERY_AREA: Literal["*"] = "*"
#: The first birth year that a list may have.
EARLIEST_YEAR = 1850
#: School and kindergarten begin in August, and elections are in September of odd years. An order after that month is
#: for the next one.
_SCHOOL_STARTS_IN, _ELECTION_IN = 8, 9

Row = TypeVar("Row", bound=msgspec.Struct)


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in the three languages of the pages. str() gives the one of the page."""

    nb: str
    nn: str
    en: str

    def __str__(self) -> str:
        return {"nn": self.nn, "en": self.en}.get((get_language() or "nb")[:2], self.nb)


class RelativeNarrowing(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A Narrowing whose years count from the year of the order. years_in_status: years since the civil status began.
    born_last: the last birthday (month and day, 11-30) in the birth year of the youngest."""

    sex: str = ""
    citizenship: str = ""
    civil_status: str = ""
    years_in_status: int | None = None
    born_last: str = ""


class ListTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template. areas: codes of service areas, or "*" for every one. youngest, oldest: the ages of everybody on the
    list at the end of the year it is for; without `youngest` the years are left open, without `oldest` there is no
    upper limit. elements: keys of the vocabulary; the form offers those that the role has."""

    areas: list[str] | Literal["*"]
    name: Words
    description: Words
    year: Literal["this", "school", "election"] = "this"
    youngest: int | None = None
    oldest: int | None = None
    elements: tuple[str, ...] = ()
    layout: Literal["all", "letter"] = "all"
    sorting: Literal["", "name", "address", "postal-code"] = ""
    rows_per: Literal["person", "household", "guardians", "guardian-homes"] = "person"
    narrowing: RelativeNarrowing = RelativeNarrowing()

    def birth_years(self, today: date) -> tuple[int, int] | None:
        """The first and the last birth year of the list; None when the template leaves them open."""
        if self.youngest is None:
            return None
        year = _YEARS[self.year](today)
        return (EARLIEST_YEAR if self.oldest is None else year - self.oldest), year - self.youngest

    def narrowed(self, today: date) -> Narrowing:
        """What narrows the list, counted from today."""
        relative, years = self.narrowing, self.birth_years(today)
        since = relative.years_in_status
        last = date.fromisoformat(f"{years[1]}-{relative.born_last}") if years and relative.born_last else None
        return Narrowing(
            sex=relative.sex,
            citizenship=relative.citizenship,
            civil_status=relative.civil_status,
            civil_status_year=None if since is None else today.year - since,
            born_last=last,
        )

    def is_for(self, area: str) -> bool:
        """Whether roles in this service area are offered the template."""
        return self.areas == EVERY_AREA or area in self.areas


class NotAvailable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template that cannot be ordered, and why."""

    areas: list[str]
    name: Words
    reason: Words


def school_start_year(today: date) -> int:
    """The year of the next start of school; until the end of August it is this year."""
    return today.year if today.month <= _SCHOOL_STARTS_IN else today.year + 1


def election_year(today: date) -> int:
    """The year of the next election: municipal or parliamentary, every second year."""
    year = today.year if today.month <= _ELECTION_IN else today.year + 1
    return year + (year + 1) % 2


def _this_year(today: date) -> int:
    return today.year


_YEARS: dict[str, Callable[[date], int]] = {
    TemplateYear.THIS: _this_year,
    TemplateYear.SCHOOL: school_start_year,
    TemplateYear.ELECTION: election_year,
}


def _read(file: str, kind: type[Row]) -> dict[str, Row]:
    tables = tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return {key: msgspec.convert(table, kind) for key, table in tables.items()}


TEMPLATES = _read("templates.toml", ListTemplate)
NOT_AVAILABLE = _read("not_available.toml", NotAvailable)


def offered(
    area: str, elements: frozenset[str], templates: Mapping[str, ListTemplate] = TEMPLATES
) -> dict[str, ListTemplate]:
    """Those of the templates that are for roles in this service area with these elements: what only selects must be in
    the role too."""
    return {
        key: template
        for key, template in templates.items()
        if template.is_for(area) and template.narrowed(date(2000, 1, 1)).elements <= elements
    }


def not_available(area: str) -> list[NotAvailable]:
    """The templates that somebody in this service area would look for in vain."""
    return [template for template in NOT_AVAILABLE.values() if area in template.areas]
