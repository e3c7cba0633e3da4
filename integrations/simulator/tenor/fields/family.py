"""Fields about a person's relatives, and about those who are responsible for them."""

from collections.abc import Callable, Iterator
from typing import Final

from integrations.simulator.tenor.fields.kinds import (
    Fields,
    all_current,
    current,
    flag,
    has_history,
    is_there,
    number,
    word,
)
from integrations.simulator.tenor.searchable import Row, Subject

_PARTNER: Final = "partner"
#: Tenor's name for a relative, by the role in the register.
_NAMES: Final = {
    "barn": "barn",
    "far": "far",
    "mor": "mor",
    "medmor": "medmor",
    "ektefelleEllerPartner": _PARTNER,
}
_MARRIED: Final = frozenset({"gift", "registrertPartner", "separert", "separertPartner"})


def relations_of(subject: Subject) -> list[tuple[str, str]]:
    """The name of the relation and the number of the relative, each pair once."""
    return list(dict.fromkeys([*_kin(subject), *_spouses(subject)]))


def _kin(subject: Subject) -> Iterator[tuple[str, str]]:
    for row in subject.now("familierelasjon"):
        name, relative = _NAMES.get(row.get("relatertPersonsRolle", "")), row.get("relatertPerson")
        if name and relative:
            yield name, relative


def _spouses(subject: Subject) -> Iterator[tuple[str, str]]:
    for row in subject.now("sivilstand"):
        if row.get("relatertVedSivilstand") and row.get("sivilstand") in _MARRIED:
            yield _PARTNER, row["relatertVedSivilstand"]


def _numbers_of(name: str) -> Callable[[Subject], list[str]]:
    return lambda subject: [number for related, number in relations_of(subject) if related == name]


def _is_without_number(row: Row) -> bool:
    return bool(row.get("relatertPersonUtenFolkeregisteridentifikator"))


def _guards(subject: Subject) -> list[Row]:
    rows = [row.get("verge") or {} for row in subject.now("vergemaalEllerFremtidsfullmakt")]
    return [area for guard in rows for area in guard.get("tjenesteomraade") or ()]


FAMILY: Final[Fields] = {
    "sivilstand": word(current("sivilstand", "sivilstand")),
    "harSivilstandHistorikk": flag(has_history("sivilstand")),
    "partnerFnr": word(lambda subject: next(iter(_numbers_of(_PARTNER)(subject)), "")),
    "morFnr": word(_numbers_of("mor")),
    "farFnr": word(_numbers_of("far")),
    "barnFnr": word(_numbers_of("barn")),
    "antallBarn": number(lambda subject: len(_numbers_of("barn")(subject))),
    "minRolleForPerson": word(all_current("familierelasjon", "minRolleForPerson")),
    "relatertPersonsRolle": word(all_current("familierelasjon", "relatertPersonsRolle")),
    "harRelatertPersonUtenFolkeregisteridentifikator": flag(
        lambda subject: any(map(_is_without_number, subject.now("familierelasjon")))
    ),
    "harDoedfoedtBarn": flag(
        lambda subject: any(
            row.get("relatertPersonsRolle") == "doedfoedtBarn" for row in subject.now("familierelasjon")
        )
    ),
    "foreldreansvar": word(all_current("foreldreansvar", "ansvar")),
    "vergemaalType": word(all_current("vergemaalEllerFremtidsfullmakt", "vergemaaltype")),
    "vergeTjenestevirksomhet": word(
        lambda subject: [
            area["vergeTjenestevirksomhet"] for area in _guards(subject) if area.get("vergeTjenestevirksomhet")
        ]
    ),
    "harRettsligHandleevne": flag(is_there("rettsligHandleevne")),
}
