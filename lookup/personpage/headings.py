"""How a person page is divided: which elements stand under which heading, in the order they are read."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise


class Group(NamedTuple):
    """Elements that are read together, under one heading."""

    key: str
    heading: StrPromise
    elements: tuple[str, ...]


#: Every element of the vocabulary, once, in the order it is read.
GROUPS = (
    Group(
        "identitet",
        gettext_lazy("Identitet"),
        (
            "identifikasjonsnummer",
            "navn",
            "foedsel",
            "kjoenn",
            "status",
            "status.utvidet",
            "doedsfall",
            "statsborgerskap",
            "bibehold",
            "identitetsgrunnlag",
            "foedselINorge",
            "utenlandskPersonidentifikasjon",
            "utlendingsmyndighetenesIdentifikasjonsnummer",
            "legitimasjonsdokument",
            "falskIdentitet",
        ),
    ),
    Group(
        "adresser",
        gettext_lazy("Adresser"),
        (
            "adressebeskyttelse",
            "bostedsadresse",
            "bostedsadresse.kretser",
            "deltBosted",
            "oppholdsadresse",
            "postadresse",
            "postadresseIUtlandet",
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
        "opphold",
        gettext_lazy("Flytting og opphold"),
        (
            "innflytting",
            "innflytting.historikk",
            "utflytting",
            "utflytting.historikk",
            "opphold",
            "oppholdPaaSvalbard",
        ),
    ),
    Group(
        "samisk",
        gettext_lazy("Samisk språk og Sametinget"),
        ("brukAvSamiskSpraak", "forholdTilSametingetsValgmanntall"),
    ),
    Group("historikk", gettext_lazy("Historikk"), ("historikk", "historikk.utvidet")),
)
