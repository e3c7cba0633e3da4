"""The division of a person page: the elements under each heading, in the order they are read."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise


class Group(NamedTuple):
    """The elements under one heading."""

    key: str
    heading: StrPromise
    elements: tuple[str, ...]


#: Every element of the vocabulary once, in the order of the page.
GROUPS = (
    Group(
        "person",
        gettext_lazy("Person"),
        ("navn", "identifikasjonsnummer", "foedsel", "kjoenn", "status", "status.utvidet", "doedsfall"),
    ),
    Group(
        "adresser",
        gettext_lazy("Adresser"),
        (
            "bostedsadresse",
            "oppholdsadresse",
            "postadresse",
            "postadresseIUtlandet",
            "deltBosted",
            "bostedsadresse.kretser",
            "adressebeskyttelse",
        ),
    ),
    Group(
        "familie",
        gettext_lazy("Familie"),
        ("sivilstand", "sivilstand.relatertVedSivilstand", "familierelasjon", "foreldreansvar"),
    ),
    Group(
        "verge",
        gettext_lazy("Verge og dødsbo"),
        ("vergemaalEllerFremtidsfullmakt", "rettsligHandleevne", "kontaktinformasjonForDoedsbo"),
    ),
    Group(
        "identitet",
        gettext_lazy("Statsborgerskap og identitet"),
        (
            "statsborgerskap",
            "bibehold",
            "identitetsgrunnlag",
            "falskIdentitet",
            "foedselINorge",
            "utenlandskPersonidentifikasjon",
            "utlendingsmyndighetenesIdentifikasjonsnummer",
            "legitimasjonsdokument",
        ),
    ),
    Group(
        "opphold",
        gettext_lazy("Flytting og opphold"),
        ("innflytting", "utflytting", "opphold", "oppholdPaaSvalbard"),
    ),
    Group(
        "samisk",
        gettext_lazy("Samisk språk og Sametinget"),
        ("brukAvSamiskSpraak", "forholdTilSametingetsValgmanntall"),
    ),
    Group(
        "historikk",
        gettext_lazy("Historikk"),
        ("historikk", "historikk.utvidet", "innflytting.historikk", "utflytting.historikk"),
    ),
)
