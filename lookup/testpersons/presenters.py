"""What the page shows: filters, the chosen ones, hits and named test persons. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from integrations.folkeregisteret.moments import day_of
from integrations.tenor.hits import Hits, Person, texts
from lookup.personpage.parts import Tag
from lookup.personpage.rows import as_date
from lookup.testpersons.criteria import FREE, PAGE_SIZE, Criteria
from lookup.testpersons.filters import FILTERS, TOPICS, Filter
from lookup.testpersons.forms import MOST_PAGES
from roles import vocabulary

_GRADES: Final = frozenset({"klientadresse", "fortrolig", "strengtFortrolig"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter with its tick."""

    key: str
    label: Promise
    chosen: bool


@dataclass(frozen=True, slots=True)
class TopicView:
    """The filters under one heading, and how many of them are chosen."""

    key: str
    heading: Promise
    choices: tuple[Choice, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen criterion that can be removed. typed: it was typed by hand, in Tenor's language."""

    key: str
    label: str | Promise
    typed: bool = False


@dataclass(frozen=True, slots=True)
class HitRow:
    """One hit. A value that Tenor does not have is ""."""

    number: str
    name: str
    birth_date: str
    tags: tuple[Tag, ...]
    address: str


@dataclass(frozen=True, slots=True)
class HitPage:
    """One page of hits. first, last: the positions among all hits. previous, next: page numbers; None when there is
    none.

    state: names and values that ask for the same again.
    """

    heading: str
    rows: tuple[HitRow, ...]
    first: str
    last: str
    previous: int | None
    next: int | None


def topics(chosen: tuple[str, ...]) -> list[TopicView]:
    """Every filter, under its heading."""
    return [
        TopicView(topic.key, topic.heading, choices, sum(choice.chosen for choice in choices))
        for topic in TOPICS
        for choices in [tuple(_choice(one, chosen) for one in topic.filters)]
    ]


def _choice(one: Filter, chosen: tuple[str, ...]) -> Choice:
    return Choice(one.key, one.label, one.key in chosen)


def chips(criteria: Criteria) -> list[Chip]:
    """The chosen criteria."""
    picked = [Chip(key, FILTERS[key].label) for key in criteria.filters]
    return [*picked, Chip(FREE, criteria.kql, typed=True)] if criteria.kql else picked


def state(criteria: Criteria) -> list[tuple[str, str]]:
    """The names and values of a form that asks for the same again."""
    return [*(("filter", key) for key in criteria.filters), (FREE, criteria.kql), ("seed", str(criteria.seed))]


def hit_page(hits: Hits, criteria: Criteria) -> HitPage:
    """The page of hits, in the order that the seed gives."""
    count, before = hits.treff, (criteria.page - 1) * PAGE_SIZE
    goes_on = hits.nesteSide is not None and criteria.page < MOST_PAGES
    return HitPage(
        heading=ngettext("%(count)s treff", "%(count)s treff", count) % {"count": _with_spaces(count)}
        if count
        else _("Ingen treff"),
        rows=tuple(_row(person) for person in hits.dokumentListe),
        first=_with_spaces(before + 1),
        last=_with_spaces(before + len(hits.dokumentListe)),
        previous=criteria.page - 1 if criteria.page > 1 else None,
        next=criteria.page + 1 if goes_on else None,
    )


def _with_spaces(figure: int) -> str:
    return number_format(figure, force_grouping=True)


def _row(person: Person) -> HitRow:
    return HitRow(
        number=person.number,
        name=person.visningnavn or "",
        birth_date=_day(person.foedselsdato),
        tags=tuple(_tags(person)),
        address=_address(person),
    )


def _day(written: str | None) -> str:
    day = day_of(written or "")
    return as_date(day) if day else written or ""


def _tags(person: Person) -> Iterator[Tag]:
    if person.personstatus:
        yield Tag(vocabulary.code_name("status", person.personstatus))
    if "dNummer" in texts(person.identifikatorType):
        yield Tag(vocabulary.code_name("identifikatortype", "dNummer"))
    for grade in _grades(person):
        yield Tag(vocabulary.code_name("graderingsnivaa", grade), "danger")


def _grades(person: Person) -> list[str]:
    """The gradings without repetition: the person's, then those of the addresses."""
    all_of_them = [*texts(person.adresseBeskyttelse), *texts(person.adresseGradering)]
    return [grade for grade in dict.fromkeys(all_of_them) if grade in _GRADES]


def _address(person: Person) -> str:
    """The address in one line. Like every list of the product, this one shows no address of a protected person."""
    if _grades(person):
        return _("Adressen kan ikke vises")
    kept = (person.bostedsadresse, person.postadresse, person.postadresseUtland)
    return next((text.strip() for value in kept for text in texts(value) if text.strip()), "")
