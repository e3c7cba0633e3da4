"""Whether a person matches a search or an extract."""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from integrations.folkeregisteret.elements import CONFIDENTIAL_STATUSES, RightsPackage
from integrations.simulator.register.criteria import ExtractCriteria, SearchCriteria
from integrations.simulator.register.traits import Place, Traits

_CEASED: Final = "opphoert"
_UMBRELLA: Final = "aktiv"


def matches(traits: Traits, criteria: SearchCriteria, words: Iterable[frozenset[str]], package: RightsPackage) -> bool:
    """All criteria must hold. words: for each word asked, the words that count as it."""
    return (
        traits.status != _CEASED
        and (criteria.inkluderDoede or traits.status != "doed")
        and criteria.foedselsdato in ("", traits.born)
        and criteria.kjoenn in ("", traits.sex)
        and _in_years(traits.year, criteria.foedselsaarFraOgMed, criteria.foedselsaarTilOgMed)
        and _has_words(traits, words, with_history=criteria.with_history)
        and (not criteria.asks_for_place or _lives_there(traits, criteria, package))
    )


def is_extracted(traits: Traits, criteria: ExtractCriteria, package: RightsPackage) -> bool:
    """Whether an extract holds this person; the dead and those abroad count to the kommune they last lived in."""
    return (
        _status_chosen(traits.status, criteria)
        and _in_years(traits.year, criteria.foedselsaarFraOgMed, criteria.foedselsaarTilOgMed)
        and _in_years(traits.died, criteria.doedsaarFraOgMed, criteria.doedsaarTilOgMed)
        and criteria.kjoenn in ("", traits.sex)
        and (not criteria.statsborgerskap or criteria.statsborgerskap in traits.citizenships)
        and criteria.sivilstandstype in ("", traits.civil_state)
        and _in_kommune(traits.homes, criteria.kommunenummer.bostedskommunenummer, package)
        and _in_kommune(traits.stays, criteria.kommunenummer.oppholdskommunenummer, package)
    )


def _in_years(year: str, first: str, last: str) -> bool:
    return (not first or first <= year) and (not last or "" < year <= last)


def _has_words(traits: Traits, words: Iterable[frozenset[str]], *, with_history: bool) -> bool:
    names = traits.words | traits.earlier_words if with_history else traits.words
    return all(not alternatives.isdisjoint(names) for alternatives in words)


def _lives_there(traits: Traits, criteria: SearchCriteria, package: RightsPackage) -> bool:
    places = chain(traits.homes, traits.stays if criteria.inkluderOppholdsadresse else ())
    return any(
        (place.is_current or criteria.with_history) and _may_match(place, package) and _is_there(place, criteria)
        for place in places
    )


def _may_match(place: Place, package: RightsPackage) -> bool:
    """A graded address is not in the package without legal basis, so it cannot be searched there either."""
    return place.is_open or package is RightsPackage.WITH_LEGAL_BASIS


def _is_there(place: Place, criteria: SearchCriteria) -> bool:
    return (
        place.street.startswith(criteria.adressenavn.lower())
        and criteria.husnummer.lower() in ("", place.house)
        and criteria.postnummer in ("", place.postnummer)
        and criteria.kommunenummer in ("", place.kommune)
        and place.kommune.startswith(criteria.fylkesnummer)
    )


def _status_chosen(status: str, criteria: ExtractCriteria) -> bool:
    umbrella = _UMBRELLA if status in CONFIDENTIAL_STATUSES else status
    return umbrella in criteria.personstatustyper


def _in_kommune(places: tuple[Place, ...], kommune: str, package: RightsPackage) -> bool:
    """By the latest place, which stands first."""
    return not kommune or bool(places and places[0].kommune == kommune and _may_match(places[0], package))
