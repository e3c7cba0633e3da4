"""What may be asked for, per rights package: the register's table of parts (dataminimering)."""

from functools import lru_cache
from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.problems import forbidden, invalid

ADDRESSES: Final = ("bostedsadresse", "oppholdsadresse", "deltBosted", "postadresse", "postadresseIUtlandet")

PERSON_BASIS: Final = (
    "identifikasjonsnummer",
    "identitetsgrunnlag",
    "status",
    "doedsfall",
    "sivilstand",
    "foedsel",
    "statsborgerskap",
    "kjoenn",
    "navn",
    *ADDRESSES,
    "adressebeskyttelse",
    "kontaktinformasjonForDoedsbo",
)

#: Everyone's, when asked for by name.
_OPEN_BESIDE_BASIS: Final = (
    "falskIdentitet",
    "foedselINorge",
    "innflytting",
    "utflytting",
    "vergemaalEllerFremtidsfullmakt",
    "rettsligHandleevne",
    "oppholdPaaSvalbard",
    "preferertKontaktadresse",
)

_ONLY_WITH_LEGAL_BASIS: Final = (
    "familierelasjon",
    "foreldreansvar",
    "legitimasjonsdokument",
    "utenlandskPersonidentifikasjon",
    "utlendingsmyndighetenesIdentifikasjonsnummer",
    "opphold",
    "bibehold",
    "brukAvSamiskSpraak",
    "forholdTilSametingetsValgmanntall",
)

#: Every property of a person document, in the order an answer has them.
PROPERTIES: Final = PERSON_BASIS + _OPEN_BESIDE_BASIS + _ONLY_WITH_LEGAL_BASIS

#: Properties the package without legal basis gets, and those whose earlier values it gets too.
OPEN_PROPERTIES: Final = frozenset(PERSON_BASIS + _OPEN_BESIDE_BASIS)
OPEN_HISTORY: Final = frozenset({"identifikasjonsnummer", "navn", *ADDRESSES})

_HISTORY: Final = "historikk"
_GROUPS: Final = {
    "person-basis": PERSON_BASIS,
    "identitetsgrunnlag-utvidet": ("falskIdentitet", "legitimasjonsdokument", "utenlandskPersonidentifikasjon"),
    "relasjon-utvidet": ("familierelasjon", "foreldreansvar", "vergemaalEllerFremtidsfullmakt"),
    # The register's own page spells this one with a capital.
    "RettsligHandleevne": ("rettsligHandleevne",),
}
_CLOSED_GROUPS: Final = frozenset({"identitetsgrunnlag-utvidet"})


@lru_cache(maxsize=4096)
def properties_asked(package: RightsPackage, asked: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    """The properties that these parts bring in this package, and whether their history comes along.

    No part means person-basis; identifikasjonsnummer always comes along. Raises Problem 400 for a part that is repeated
    or unknown, 403 for one outside the package.
    """
    if len(set(asked)) < len(asked):
        raise invalid("Samme part er oppgitt flere ganger.")
    groups = [_properties_of(package, part) for part in asked if part != _HISTORY] or [PERSON_BASIS]
    named = frozenset({"identifikasjonsnummer"}.union(*groups))
    allowed = named if package is RightsPackage.WITH_LEGAL_BASIS else named & OPEN_PROPERTIES
    return allowed, _HISTORY in asked


def _properties_of(package: RightsPackage, part: str) -> tuple[str, ...]:
    named = _GROUPS.get(part) or ((part,) if part in PROPERTIES else ())
    if not named:
        raise invalid("Ukjent part.")
    if package is RightsPackage.WITHOUT_LEGAL_BASIS and (part in _CLOSED_GROUPS or OPEN_PROPERTIES.isdisjoint(named)):
        raise forbidden("Part er ikke tilgjengelig i rettighetspakken.")
    return named
