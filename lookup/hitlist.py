"""What the page of a hit list shows: the hits, where the search did not look, and how it was understood. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrPromise

from integrations.codelists.kommuner import fylke_name, kommune_name
from integrations.folkeregisteret.criteria import SearchCriteria
from lookup.beyond import Way
from lookup.personpage.addresses import kommune_of
from lookup.personpage.rows import as_date
from lookup.personpage.who import identifier_of, is_dead, name_of
from lookup.references import FoundHit, FoundMany
from lookup.understanding import ParsedText
from lookup.understanding.messages import unused_in
from roles import vocabulary
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord, State

_PRESSES: Final[dict[Way, StrPromise]] = {
    Way.EVERYWHERE: gettext_lazy("Søk også blant døde og i tidligere navn"),
    Way.DEAD: gettext_lazy("Søk også blant døde"),
    Way.EARLIER: gettext_lazy("Søk også i tidligere navn og adresser"),
    Way.SIMILAR: gettext_lazy("Søk også etter navn som ligner"),
    Way.STAY: gettext_lazy("Søk også i oppholdsadresser"),
    Way.WITHOUT_DATE: gettext_lazy("Søk uten fødselsdatoen"),
}


@dataclass(frozen=True, slots=True)
class HitRow:
    """One line of a hit list. A value that the role does not open is "". thin: why there is no residence. born: for
    sorting."""

    token: str
    number: str
    name: str
    birth_date: str
    residence: str
    dead: bool = False
    thin: str = ""
    born: str = ""


@dataclass(frozen=True, slots=True)
class HitPage:
    """A hit list. lead: explains an empty list. not_searched: where the search did not look; "" when it looked
    everywhere.

    meant: the criteria, as label and value. unused: the parts of the text that were not used. presses: the buttons that
    widen the search.
    """

    heading: str
    hits: tuple[HitRow, ...]
    more: bool
    lead: str
    not_searched: str
    meant: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    presses: tuple[tuple[str, StrPromise], ...]


def hit_page(found: FoundMany, read: ParsedText | None) -> HitPage:
    """The page of these hits, in the register's order. read: what the typed text was parsed to; None without a text."""
    return HitPage(
        heading=_heading(found),
        hits=tuple(_hit(hit) for hit in found.hits),
        more=found.more and not found.too_many,
        lead="" if found.hits else _nobody(found),
        not_searched="" if found.too_many else _not_searched(found),
        meant=tuple(_criteria_in_words(found.criteria)),
        unused=tuple(unused_in(read)) if read else (),
        presses=tuple((way.value, _PRESSES[way]) for way in found.ways),
    )


def _is_historical(criteria: SearchCriteria) -> bool:
    return criteria.opplysningsgrunnlag == "historisk"


def _heading(found: FoundMany) -> str:
    if found.too_many:
        return _("For mange treff")
    count = len(found.hits)
    return ngettext("%(count)s treff", "%(count)s treff", count) % {"count": count} if count else _("Ingen treff")


def _nobody(found: FoundMany) -> str:
    """The sentence for an empty list. It says that nobody in the register fits only when everybody was searched."""
    criteria = found.criteria
    if found.too_many:
        return _(
            "Flere enn 10 000 passer, og registeret viser ingen av dem. Legg til fødselsdato, postnummer eller kommune."
        )
    if criteria.inkluderDoede and _is_historical(criteria):
        said = _("Ingen i Folkeregisteret passer med det du søkte etter, heller ikke døde og tidligere navn.")
    else:
        said = _("Ingen av dem det ble søkt blant, passer med det du søkte etter.")
    return " ".join((said, _("Skriv hele navnet, og se etter en skrivefeil."))) if criteria.navn else said


def _not_searched(found: FoundMany) -> str:
    said = {
        (False, False): _("Det er ikke søkt blant døde, og ikke i tidligere navn."),
        (False, True): _("Det er ikke søkt blant døde."),
        (True, False): _("Det er ikke søkt i tidligere navn."),
        (True, True): "",
    }[found.criteria.inkluderDoede, _is_historical(found.criteria)]
    may_go_on = not {Way.DEAD, Way.EARLIER}.isdisjoint(found.ways)
    return said if may_go_on or not said else " ".join((said, _("Rollen din gir ikke det.")))


def _criteria_in_words(criteria: SearchCriteria) -> Iterator[tuple[str, str]]:
    """Every criterion as label and value."""
    if criteria.navn:
        yield _("Navn"), criteria.navn
    if criteria.foedselsdato:
        yield _("Født"), as_date(criteria.foedselsdato)
    if years := _years(criteria):
        yield _("Fødselsår"), years
    if criteria.kjoenn:
        yield _("Kjønn"), vocabulary.code_name("kjoenn", criteria.kjoenn)
    yield from _place(criteria)


def _years(criteria: SearchCriteria) -> str:
    """A year, or a range with one or both ends."""
    first, last = (str(year or "") for year in (criteria.foedselsaarFraOgMed, criteria.foedselsaarTilOgMed))
    return first if first == last else f"{first}–{last}"


def _place(criteria: SearchCriteria) -> Iterator[tuple[str, str]]:
    if street := " ".join(filter(None, (criteria.adressenavn, criteria.husnummer))):
        yield _("Gate eller vei"), street
    if criteria.postnummer:
        yield _("Postnummer"), criteria.postnummer
    if criteria.kommunenummer:
        yield _("Kommune"), kommune_name(criteria.kommunenummer) or criteria.kommunenummer
    if criteria.fylkesnummer:
        yield _("Fylke"), fylke_name(criteria.fylkesnummer) or criteria.fylkesnummer


def _hit(hit: FoundHit) -> HitRow:
    born = next((entry.foedselsdato for entry in hit.record.entries_of(of.FOEDSEL)), None)
    residence = next((kommune_of(entry) for entry in hit.record.entries_of(of.BOSTEDSADRESSE)), "")
    return HitRow(
        token=hit.token,
        number=hit.number if identifier_of(hit.record) else "",
        name=name_of(hit.record),
        birth_date=as_date(born) if born else "",
        residence=residence,
        dead=is_dead(hit.record),
        thin="" if residence else _thin(hit.record),
        born=born.isoformat() if born else "",
    )


def _thin(record: PermittedRecord) -> str:
    """Why a hit has no residence. The words are the same for an unknown and for a protected residence, since the
    difference is confidential."""
    if record["bostedsadresse"].state is State.NOT_IN_ROLE:
        return _("Ikke i din rolle")
    return _("Adressen kan ikke vises")
