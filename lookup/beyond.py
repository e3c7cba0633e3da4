"""Wider searches: where a search did not look, and the same search that looks there too. A page never claims that
nobody exists when only a part was searched."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from integrations.folkeregisteret.criteria import SearchCriteria
from roles import disclosure
from roles.access import Access


class Way(StrEnum):
    """The ways in which a search may be widened."""

    EVERYWHERE = "everywhere"
    DEAD = "dead"
    EARLIER = "earlier"
    SIMILAR = "similar"
    STAY = "stay"
    WITHOUT_DATE = "without-date"


_DATES = ("birth_date", "born_from", "born_to", "age")
#: The switches of the form that each way turns on.
_SWITCHED = {
    Way.EVERYWHERE: ("dead", "earlier"),
    Way.DEAD: ("dead",),
    Way.EARLIER: ("earlier",),
    Way.SIMILAR: ("similar",),
    Way.STAY: ("stay",),
    Way.WITHOUT_DATE: (),
}


def wider_searches(access: Access, criteria: SearchCriteria) -> Iterator[tuple[Way, SearchCriteria]]:
    """The ways in which the role may widen this search, with the wider search, widest first."""
    further = [(way, search) for way, search in _ways(access, criteria) if search != criteria]
    single = {way for way, _ in further if way in (Way.DEAD, Way.EARLIER)}
    yield from (pair for pair in further if pair[0] is not Way.EVERYWHERE or len(single) == 2)


def _ways(access: Access, criteria: SearchCriteria) -> Iterator[tuple[Way, SearchCriteria]]:
    wide = disclosure.widened(access, criteria)
    yield Way.EVERYWHERE, wide
    yield Way.DEAD, replace(criteria, inkluderDoede=criteria.inkluderDoede or wide.inkluderDoede)
    yield Way.EARLIER, replace(criteria, opplysningsgrunnlag=wide.opplysningsgrunnlag or criteria.opplysningsgrunnlag)
    if criteria.navn:
        yield Way.SIMILAR, replace(criteria, soekFonetisk=True)
    if disclosure.ADDRESS_CRITERIA & criteria.given().keys() and disclosure.may_search_by(
        access, "inkluderOppholdsadresse"
    ):
        yield Way.STAY, replace(criteria, inkluderOppholdsadresse=True)
    if criteria.navn:
        yield (
            Way.WITHOUT_DATE,
            replace(criteria, foedselsdato=None, foedselsaarFraOgMed=None, foedselsaarTilOgMed=None),
        )


def typed_after(way: Way, typed: Mapping[str, str]) -> dict[str, str]:
    """The typed fields after a search was widened: they always say what was searched."""
    dropped = _DATES if way is Way.WITHOUT_DATE else ()
    return {name: value for name, value in typed.items() if name not in dropped} | dict.fromkeys(_SWITCHED[way], "on")
